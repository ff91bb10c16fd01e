import { AppError } from '@snowflow/contracts/errors/app-error';
import { privateAddress } from './egress';
import { howFarItCame } from './how-far-it-came';
import type { Attempt } from './outside-call';
import type { WayOut } from './way-out';

/** What a try came to that ended in an error instead of an answer. `wasAsked`: what was asked had left, or may have. */
export function withoutAnswer(error: unknown, way: WayOut, host: string, wasAsked = true): Attempt<never> {
  if (error instanceof AppError && (error.code === 'EGRESS_REFUSED' || error.code === 'POLICY_DENIED')) {
    return { state: 'refused', error };
  }
  const { came, code } = howFarItCame(error);
  if (came === 'refused') return { state: 'refused', error: privateAddress(host) };
  if (came === 'answered' || way.isOverfull) {
    return failed(`The answer of ${host} is longer than it may be. Ask for less.`);
  }
  if (came === 'nowhere') {
    return failed(`${host} could not be reached (${code}). Look at the address, or run it again later.`, true);
  }
  if (!wasAsked) return failed(`${host} gave no answer before it was asked anything. Run it again later.`, true);
  const message = `${host} did what it was asked or not: no answer came. Look there before you run it again.`;
  return { state: 'unknown', error: new AppError('OUTCOME_UNKNOWN', message) };
}

/** A failure; `isDown`: of the host as such, so that it may pass. */
export function failed(message: string, isDown = false): Attempt<never> {
  return { state: 'failed', again: isDown, isDown, error: new AppError('OUTSIDE_FAILED', message) };
}

import { AppError } from '@snowflow/contracts/errors/app-error';
import { CancelRequested } from '../execution/run-interruptions';
import type { Delivery } from './notifier';

const LAST_WORD_MS = 2_000;

/** What a try came to; of a run that is cancelled meanwhile, that nobody can tell where no answer comes soon. */
export function untilCutOff(
  sending: Promise<Delivery>,
  signal: AbortSignal,
  lastWordMs = LAST_WORD_MS,
): Promise<Delivery> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const stop = () => {
      if (signal.reason instanceof CancelRequested) timer = setTimeout(() => resolve(cutOff()), lastWordMs);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    sending.finally(done).then(resolve, reject);
  });
}

function cutOff(): Delivery {
  const message = 'The run was cancelled while this was being sent, and whether it arrived is not known.';
  return {
    state: 'unknown',
    error: new AppError('OUTCOME_UNKNOWN', `${message} Ask its receiver before you run anew.`),
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { timeLimit } from '@snowflow/contracts/rpc/time-limit';
import { Egress } from './egress';
import type { Attempt, OutsideCall } from './outside-call';
import { checkRules } from './host-rules';
import type { OutsideCallRow } from './outside-calls.repository';
import { OutsideCredentials } from './outside-credentials';
import { OutsideHostsRepository } from './outside-hosts.repository';
import { type CallOrigin, OutsideJournal } from './outside-journal';
import { OUTSIDE_OPTIONS, type OutsideOptions } from './outside-options';
import { RestingHosts } from './resting-hosts';
import { WayOut } from './way-out';

/** Tries of a call that may be repeated. */
const TRIES = 3;
/** However long a step may take. */
const LONGEST_TRY_MS = 600_000;
/** A host that wants to be left alone for longer is not waited for. */
const LONGEST_WAIT_MS = 10_000;

/** The one road on which calls leave the tenant: checked, written down, bounded, and tried again where that does no harm. */
@Injectable()
export class OutsideRoad {
  constructor(
    private readonly egress: Egress,
    private readonly hosts: OutsideHostsRepository,
    private readonly credentials: OutsideCredentials,
    private readonly journal: OutsideJournal,
    private readonly resting: RestingHosts,
    @Inject(OUTSIDE_OPTIONS) private readonly options: OutsideOptions,
  ) {}

  /** `before`: the same call, made by this step before its worker fell silent or it failed. */
  async take<Reply>(
    call: OutsideCall<Reply>,
    origin: CallOrigin,
    before: OutsideCallRow | undefined,
    signal: AbortSignal,
  ): Promise<Reply> {
    if (before?.state === 'succeeded') return this.journal.replyOf<Reply>(before);
    const isOpen = before?.state === 'sent' || before?.state === 'unknown';
    const begun = this.journal.begun(call, origin, before);
    if (isOpen && !call.isRepeatable) {
      const error = neverKnown(call);
      await this.journal.end(begun, { state: 'unknown', error }, undefined, 0);
      throw error;
    }
    for (let tries = 1; ; tries++) {
      await this.journal.begin(begun, origin.fence);
      begun.attempts += 1;
      const attempt = await this.attempt(call, origin, begun, signal);
      if (attempt.state === 'succeeded') return attempt.reply;
      const waitMs = this.waitBefore(attempt, call, tries);
      if (waitMs === undefined) throw finalError(attempt, call);
      await delay(waitMs, undefined, { signal }).catch((stopped: unknown) => {
        throw attempt.state === 'unknown' ? finalError(attempt, call) : stopped;
      });
    }
  }

  private async attempt<Reply>(
    call: OutsideCall<Reply>,
    origin: CallOrigin,
    begun: ReturnType<OutsideJournal['begun']>,
    signal: AbortSignal,
  ): Promise<Attempt<Reply>> {
    const startedAt = Date.now();
    const timeout = timeLimit(Math.min(call.timeoutMs, LONGEST_TRY_MS));
    let way: WayOut | undefined;
    let attempt: Attempt<Reply>;
    try {
      way = await this.wayOf(call, origin, AbortSignal.any([signal, timeout]));
      attempt = await call.attempt(way);
    } catch (error) {
      attempt = signal.aborted
        ? { state: 'unknown', error: calledOff(call) }
        : ofError(error, call, way !== undefined && timeout.aborted);
    }
    await this.journal.end(begun, attempt, way, Date.now() - startedAt);
    // What was called off says nothing of the host.
    if (signal.aborted && attempt.state !== 'succeeded') {
      throw attempt.state === 'unknown' && way !== undefined && !onlyReads(call) ? attempt.error : signal.reason;
    }
    await this.remember(call, origin, attempt);
    return attempt;
  }

  /** Throws where the call may not leave. */
  private async wayOf(call: OutsideCall<unknown>, origin: CallOrigin, signal: AbortSignal): Promise<WayOut> {
    const { url, credentialId, method } = call;
    const { tenantId, isCalled } = origin;
    const carries = call.carries?.filter((name) => isCalled || !name.startsWith('parameters.'));
    this.egress.check(url);
    const hosts = await this.hosts.of(tenantId);
    checkRules(hosts, { url, method, carries });
    const credential =
      credentialId === undefined ? undefined : await this.credentials.for(tenantId, credentialId, url.hostname);
    await this.resting.check(tenantId, url.host);
    const { maxBytes } = this.options;
    return new WayOut(this.egress, { origin: url.origin, hosts, carries, credential, maxBytes, signal });
  }

  private async remember({ url }: OutsideCall<unknown>, { tenantId }: CallOrigin, attempt: Attempt<unknown>) {
    if (attempt.state === 'refused') return;
    const isDown = attempt.state === 'unknown' || (attempt.state === 'failed' && attempt.isDown);
    await (isDown ? this.resting.failed(tenantId, url.host) : this.resting.answered(tenantId, url.host));
  }

  /** How long to wait before it is tried again; undefined where it is not. */
  private waitBefore(
    attempt: Exclude<Attempt<unknown>, { state: 'succeeded' }>,
    { isRepeatable }: OutsideCall<unknown>,
    tries: number,
  ): number | undefined {
    if (!isRepeatable || tries >= TRIES || attempt.state === 'refused') return undefined;
    if (attempt.state === 'failed' && !attempt.again) return undefined;
    const asked = attempt.state === 'failed' ? (attempt.afterMs ?? 0) : 0;
    const waitMs = Math.max(asked, this.options.firstWaitMs * 2 ** (tries - 1));
    return waitMs > LONGEST_WAIT_MS ? undefined : waitMs;
  }
}

/** What a thrown error means for the try. What nobody expected goes on as it is. */
function ofError(error: unknown, call: OutsideCall<unknown>, isTimeout: boolean): Attempt<never> {
  if (isTimeout) return { state: 'unknown', error: silent(call) };
  if (!(error instanceof AppError)) throw error;
  if (error.code === 'OUTSIDE_FAILED') return { state: 'failed', error, again: false, isDown: false };
  return { state: 'refused', error };
}

/** What only reads has failed where no answer came: there is nothing to look after. */
function finalError({ error }: { error: AppError }, call: OutsideCall<unknown>): AppError {
  if (error.code !== 'OUTCOME_UNKNOWN' || !onlyReads(call)) return error;
  return new AppError('OUTSIDE_FAILED', `${call.url.host} gave no answer in time. Run it again later.`);
}

const onlyReads = ({ kind, method }: OutsideCall<unknown>) => kind === 'mcp-tools' || method === 'GET';

function calledOff({ url }: OutsideCall<unknown>): AppError {
  const message = `The call of ${url.host} was called off before its answer came, and it may have done what it was asked.`;
  return new AppError('OUTCOME_UNKNOWN', `${message} Look there before you run anew.`);
}

function silent({ url }: OutsideCall<unknown>): AppError {
  const message = `${url.host} gave no answer in time, and may have done what it was asked. Look there before you run it again.`;
  return new AppError('OUTCOME_UNKNOWN', message);
}

function neverKnown({ url }: OutsideCall<unknown>): AppError {
  const message = `Whether ${url.host} did what it was asked before its worker fell silent is not known, so it was not asked again.`;
  return new AppError('OUTCOME_UNKNOWN', `${message} Look there, then run anew where it is missing.`);
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { StepPaused } from '@snowflow/engine/run/step-paused';
import type { Message, Sent } from '@snowflow/nodes/kit/action-node';
import { LeaseLost } from '../execution/run-interruptions';
import { runBinding } from '../runs/sealed-run';
import { SEALER } from '../sealer';
import { type EffectPlace, type EffectRow, EffectsRepository } from './effects.repository';
import { NOTIFICATION_OPTIONS, type NotificationOptions } from './notification-options';
import type { Delivery, Notifier } from './notifier';
import { SmtpNotifier } from './notifier.smtp';
import { WebhookNotifier } from './notifier.webhook';
import { untilCutOff } from './until-cut-off';

/** Tries of one attempt of a step; after a crash the count goes on. */
export const TRIES = 5;
const LONGEST_WAIT_MS = 8_000;
/** For longer than this the run rests rather than a worker. */
const REST_FROM_MS = 10_000;

/** Where a message comes from: the step, and which attempt of it this is. */
export interface Origin extends EffectPlace {
  attempt: number;
}

/** Sends a step's message at most once: that a try begins is on disk before it leaves, and every try carries the same key. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly effects: EffectsRepository,
    private readonly webhook: WebhookNotifier,
    private readonly smtp: SmtpNotifier,
    @Inject(SEALER) private readonly sealer: Sealer,
    @Inject(NOTIFICATION_OPTIONS) private readonly options: NotificationOptions,
  ) {}

  deliver(message: Message, origin: Origin, signal: AbortSignal): Promise<Sent> {
    return message.channel === 'webhook'
      ? this.through(this.webhook, message, origin, signal)
      : this.through(this.smtp, message, origin, signal);
  }

  private async through<Kind extends Message>(
    notifier: Notifier<Kind>,
    message: Kind,
    origin: Origin,
    signal: AbortSignal,
  ): Promise<Sent> {
    const before = await this.effects.find(origin);
    if (before?.state === 'succeeded') return this.sentBefore(before);
    const isOpen = before?.state === 'sent' || before?.state === 'unknown';
    if (isOpen && !notifier.isRepeatable) throw await this.unknown(origin, before);
    notifier.check(message);
    const key = before?.effect_key ?? randomUUID();
    const most = TRIES * origin.attempt;
    // A later refusal does not tell that no earlier try was taken.
    let open = isOpen ? perhapsTaken(message) : undefined;
    for (let attempts = before?.attempts ?? 0; ;) {
      if (attempts >= most) throw neverTaken(message, attempts);
      if (signal.aborted) throw open ?? signal.reason;
      await this.begin(origin, message, key, attempts);
      attempts += 1;
      const sending = notifier.send(message, { tenantId: origin.tenantId, key });
      const delivery = await untilCutOff(sending, signal, this.options.lastWordMs);
      if (delivery.state === 'unknown') open = delivery.error;
      const isPerhaps = delivery.state === 'failed' && open;
      await this.end(origin, isPerhaps ? { state: 'unknown', error: isPerhaps } : delivery, attempts);
      if (delivery.state === 'succeeded') return { attempts, ...delivery.response };
      const mayAgain = delivery.state === 'failed' ? delivery.again : notifier.isRepeatable;
      if (!mayAgain || attempts >= most)
        throw delivery.error.code === 'OUTCOME_UNKNOWN' ? delivery.error : (open ?? delivery.error);
      await this.wait(delivery, attempts, signal).catch((stopped: unknown) => {
        throw signal.aborted && open ? open : stopped;
      });
    }
  }

  private async begin(origin: Origin, message: Message, key: string, attempts: number): Promise<void> {
    const target = message.channel === 'webhook' ? message.url : message.to;
    const begun = await this.effects.begin(origin, {
      effect_key: key,
      kind: message.channel,
      attempts,
      sealed_target: this.sealer.seal(JSON.stringify(target), runBinding(origin.tenantId)),
    });
    if (!begun) throw new LeaseLost();
  }

  private async end(origin: Origin, delivery: Delivery, attempts: number): Promise<void> {
    const said = delivery.state === 'succeeded' ? { attempts, ...delivery.response } : delivery.error.message;
    const sealed = this.sealer.seal(JSON.stringify(said), runBinding(origin.tenantId));
    await this.effects.end(origin, { state: delivery.state, attempts, sealed_response: sealed });
  }

  private sentBefore({ attempts, sealed_response: sealed, tenant_id: tenantId }: EffectRow): Sent {
    return sealed === null ? { attempts } : (JSON.parse(this.sealer.open(sealed, runBinding(tenantId))) as Sent);
  }

  private async unknown(origin: Origin, { attempts }: EffectRow): Promise<AppError> {
    const message = 'Whether this was sent before its worker fell silent is not known, so it was not sent again.';
    const error = new AppError('OUTCOME_UNKNOWN', `${message} Ask its receivers, then run anew where it is missing.`);
    await this.end(origin, { state: 'unknown', error }, attempts);
    return error;
  }

  private async wait(delivery: Delivery, attempts: number, signal: AbortSignal): Promise<void> {
    const growing = Math.min(this.options.firstWaitMs * 2 ** (attempts - 1), LONGEST_WAIT_MS);
    const asked = delivery.state === 'failed' ? delivery.afterMs : undefined;
    const waitMs = Math.max(asked ?? 0, growing);
    if (waitMs > REST_FROM_MS) throw new StepPaused({ for: 'time', until: new Date(Date.now() + waitMs) });
    await delay(waitMs, undefined, { signal });
  }
}

/** The last worker fell silent, or a try was not answered. */
function perhapsTaken({ channel }: Message): AppError {
  const message = `Whether an earlier try of this ${channel} was taken is not known.`;
  return new AppError('OUTCOME_UNKNOWN', `${message} Ask its receiver before you run anew.`);
}

/** Every try's worker fell silent. */
function neverTaken({ channel }: Message, tries: number): AppError {
  const message = `The ${channel} was tried ${tries} times and no answer was ever seen. Look at its receiver before you run it again.`;
  return new AppError('OUTCOME_UNKNOWN', message);
}

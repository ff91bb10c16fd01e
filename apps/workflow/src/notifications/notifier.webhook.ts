import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { guardedFetch } from '@snowflow/platform/net/guarded-fetch';
import type { Message } from '@snowflow/nodes/kit/action-node';
import { Egress, privateAddress } from '../outside/egress';
import { howFarItCame } from '../outside/how-far-it-came';
import { type Delivery, Notifier, type Sending } from './notifier';
import { WebhookKeys } from './webhook-keys';
import { webhookSignature } from './webhook-signature';

const TIMEOUT_MS = 10_000;
const LONGEST_WAIT_MS = 3_600_000;

type Webhook = Extract<Message, { channel: 'webhook' }>;

/** A signed POST of JSON. Receivers know a repetition by its Idempotency-Key. */
@Injectable()
export class WebhookNotifier extends Notifier<Webhook> {
  readonly isRepeatable = true;

  constructor(
    private readonly keys: WebhookKeys,
    private readonly egress: Egress,
  ) {
    super();
  }

  check({ url }: Webhook): void {
    this.egress.check(new URL(url));
  }

  async send({ url, body }: Webhook, { tenantId, key }: Sending): Promise<Delivery> {
    const keys = await this.keys.valid(tenantId);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'SnowFlow',
      'idempotency-key': key,
      'x-snowflow-timestamp': timestamp,
      'x-snowflow-signature': webhookSignature(
        keys.map(({ secret }) => secret),
        timestamp,
        body,
      ),
    };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const target = new URL(url);
    try {
      const reply = await guardedFetch(this.egress, target, {
        method: 'POST',
        headers,
        body,
        signal,
        ignoresBody: true,
      });
      return deliveryOf(reply, target.hostname);
    } catch (error) {
      return withoutAnswer(error, target.hostname);
    }
  }
}

function deliveryOf({ status, headers }: Response, host: string): Delivery {
  if (status < 300) return { state: 'succeeded', response: { status } };
  const again = status === 429 || status >= 500;
  const advice = again ? 'It was tried several times. Run it again later.' : 'Look at the address and the body.';
  const error = new AppError('NOTIFICATION_FAILED', `${host} answered with status ${status}. ${advice}`);
  const afterMs = again ? askedWaitMs(headers.get('retry-after') ?? '') : undefined;
  return { state: 'failed', error, again, ...(afterMs === undefined ? {} : { afterMs }) };
}

/** Of a Retry-After in seconds or as a date. */
function askedWaitMs(text: string): number | undefined {
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

function withoutAnswer(error: unknown, host: string): Delivery {
  const { came, code } = howFarItCame(error);
  if (came === 'refused') {
    return { state: 'failed', again: false, error: privateAddress(host) };
  }
  if (came === 'nowhere') {
    const message = `${host} could not be reached (${code}). Look at the address, or run it again later.`;
    return { state: 'failed', again: true, error: new AppError('NOTIFICATION_FAILED', message) };
  }
  const message = `${host} took the message or not: no answer came. Look there before you run it again.`;
  return { state: 'unknown', error: new AppError('OUTCOME_UNKNOWN', message) };
}

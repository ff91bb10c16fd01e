import { createHmac } from 'node:crypto';

/** What a receiver checks a webhook by: an HMAC of `timestamp.body` for each key that is valid, the newest first. */
export function webhookSignature(keys: readonly string[], timestamp: string, body: string): string {
  return keys.map((key) => `v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`).join(',');
}

import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Whether a webhook bears a signature by one of the keys, as docs tell receivers to check it. */
export function isSigned(headers: IncomingHttpHeaders, body: string, keys: readonly string[]): boolean {
  const signed = `${String(headers['x-snowflow-timestamp'])}.${body}`;
  const given = String(headers['x-snowflow-signature']).split(',');
  return keys.some((key) => given.includes(`v1=${createHmac('sha256', key).update(signed).digest('hex')}`));
}

import { ADDRESS_REFUSED } from '@snowflow/platform/net/address-filter';

const REASONS: Record<string, string> = {
  [ADDRESS_REFUSED]: 'The name leads to a private address.',
  ENOTFOUND: 'No such name.',
  EAI_AGAIN: 'The name could not be looked up.',
  ECONNREFUSED: 'The connection is refused.',
  ECONNRESET: 'The connection is cut off.',
  EHOSTUNREACH: 'There is no way to the host.',
  ENETUNREACH: 'There is no way to the host.',
};
const TLS = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|EPROTO$)/;

/** Why an exchange brought no answer, as a sentence. */
export function noAnswer(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return 'No answer in time.';
  if (typeof code !== 'string') return 'No answer.';
  if (TLS.test(code)) return `The certificate is not trusted (${code}): a proxy may take its place.`;
  return REASONS[code] ?? `No answer (${code}).`;
}

/** What a wrong answer says of who gave it. */
export function wrongAnswer(status: number): string {
  if (status === 407) return 'A proxy asks for credentials (407).';
  if (status >= 500) return `A proxy answers in its place, or it is out of order (${status}).`;
  return `Something else answers (${status}).`;
}

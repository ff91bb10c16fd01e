import { ADDRESS_REFUSED } from '@snowflow/platform/net/address-filter';
import { ANSWER_TOO_LONG } from '@snowflow/platform/net/guarded-fetch';

/** Nothing was sent yet when these happen. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * How far a request came that was not answered: its address may not be reached, nothing was sent, the answer was too long, or nobody
 * can tell.
 */
export function howFarItCame(error: unknown): { came: 'refused' | 'nowhere' | 'answered' | 'unknown'; code: string } {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === ADDRESS_REFUSED) return { came: 'refused', code };
  if (NEVER_CONNECTED.has(code) || /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL/.test(code)) return { came: 'nowhere', code };
  return { came: code === ANSWER_TOO_LONG ? 'answered' : 'unknown', code };
}

import { isErrorCode, type ErrorCode } from '@snowflow/contracts/errors/error-codes';
import { LOGIN_FAILURE_SENTENCES } from '@snowflow/contracts/errors/login-failure-sentences';
import { isLoginFailure } from '../../session/sign-in-error';

/** What came back from a provider: that a grant is stored, or why not. */
export type ReturnedGrant = { stored: true } | { stored: false; text: string };

/** What to do next where a code came back without its sentence. */
const NEXT: Partial<Record<ErrorCode, string>> = {
  VALIDATION:
    'You have a credential of this name, or as many as one person may have. Take another name, or delete one.',
  NOT_FOUND: 'It was deleted meanwhile. Store a new one.',
  FORBIDDEN: 'Viewers cannot store credentials. Ask an admin for the role builder.',
  METHOD_REFUSED: 'Your tenant does not allow this way to sign in. An owner or admin can allow it in the settings.',
  OAUTH_NOT_SET_UP: 'The OAuth client was removed meanwhile. An owner or admin sets it up in the settings.',
  SNOWFLAKE_UNREACHABLE: 'Snowflake or the provider does not answer. Start again in a moment.',
};
const TRY_AGAIN = 'Start again. If it stays, ask the operator of this SnowFlow.';

/** Anybody can write such an address, so only known codes and reasons are believed. */
export function returnedGrant(search: URLSearchParams): ReturnedGrant | undefined {
  if (search.has('stored')) return { stored: true };
  const code = search.get('error');
  if (code === null) return undefined;
  const reason = search.get('reason');
  const text = isLoginFailure(reason) ? LOGIN_FAILURE_SENTENCES[reason] : isErrorCode(code) ? NEXT[code] : undefined;
  return { stored: false, text: text ?? TRY_AGAIN };
}

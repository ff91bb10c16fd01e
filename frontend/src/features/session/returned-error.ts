import { isErrorCode, type ErrorCode } from '@snowflow/contracts/errors/error-codes';
import { LOGIN_FAILURE_SENTENCES } from '@snowflow/contracts/errors/login-failure-sentences';
import { isLoginFailure, remedyOf, titleOf, type SignInError } from './sign-in-error';

/** What to do next where a code came back without its sentence. */
const NEXT: Partial<Record<ErrorCode, string>> = {
  OAUTH_STATE_INVALID: 'Start the sign-in again in this browser, and finish it within 10 minutes.',
  OAUTH_NOT_SET_UP: 'An account administrator sets it up once.',
  METHOD_REFUSED: 'Choose another way to sign in, or ask an owner or admin to allow this one.',
  NOT_A_MEMBER: 'Ask an owner or admin of this account for an invitation.',
  ACCOUNT_NOT_ALLOWED: 'Ask the operator of this SnowFlow to add it.',
  SNOWFLAKE_UNREACHABLE: 'Check the organization and account name, or test the connection.',
  ORIGIN_REFUSED: 'Another site led here. Start the sign-in on this page.',
  SESSION_ENDED: 'Sign in, then begin again: nothing was stored.',
  THROTTLED: 'Wait a minute, then try again.',
  VALIDATION: 'Check the account and the role.',
};
const TRY_AGAIN = 'Start the sign-in again. If it stays, ask the operator of this SnowFlow.';

/**
 * Why a sign-in through redirects came back without a session. Anybody can write such an address, so only known codes and reasons are
 * believed, and nothing of it is repeated but the account.
 */
export function returnedError(search: URLSearchParams): SignInError | undefined {
  const code = search.get('error');
  if (code === null) return undefined;
  const reason = search.get('reason');
  const account = search.get('account') ?? 'this account';
  const text = isLoginFailure(reason)
    ? LOGIN_FAILURE_SENTENCES[reason]
    : ((isErrorCode(code) ? NEXT[code] : undefined) ?? TRY_AGAIN);
  return { title: titleOf(code, account, reason), text, ...remedyOf(code, reason) };
}

import { AppError } from '@snowflow/contracts/errors/app-error';
import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';
import { oauthRefused } from '../errors/login-refused';

/** RFC 6749, 5.2. What else the provider says may quote what was sent, and is not repeated. */
const REASONS: Record<string, LoginFailure> = {
  invalid_client: 'OAUTH_CLIENT_WRONG',
  unauthorized_client: 'OAUTH_CLIENT_WRONG',
  invalid_grant: 'OAUTH_DENIED',
  access_denied: 'OAUTH_DENIED',
  redirect_uri_mismatch: 'OAUTH_REDIRECT_MISMATCH',
  invalid_scope: 'OAUTH_ROLE_BLOCKED',
};

/** What an exchange at the token endpoint threw, in our words. */
export function toOauthError(error: unknown): AppError {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as { error?: unknown; code?: unknown };
  if (typeof thrown.error === 'string') return oauthRefused(REASONS[thrown.error] ?? 'OAUTH_DENIED');
  // The client's own checks: an answer that breaks the protocol is no proof of anything.
  if (typeof thrown.code === 'string' && /^OAUTH_(?!TIMEOUT)/.test(thrown.code)) return oauthRefused('OAUTH_DENIED');
  return noAnswer(error);
}

/** The provider itself says that it is busy; the refresh token is as good as before. */
const PASSING = new Set(['server_error', 'temporarily_unavailable', 'slow_down']);

/** As above, of a refresh: only what the provider says itself ends a grant that was good; a proxy's error page says nothing of it. */
export function toRefreshError(error: unknown): AppError {
  const { error: said } = (typeof error === 'object' && error !== null ? error : {}) as { error?: unknown };
  return typeof said === 'string' && !PASSING.has(said) ? toOauthError(error) : noAnswer(error);
}

function noAnswer(cause: unknown): AppError {
  return new AppError('SNOWFLAKE_UNREACHABLE', 'The sign-in provider does not answer. Try again.', {}, { cause });
}

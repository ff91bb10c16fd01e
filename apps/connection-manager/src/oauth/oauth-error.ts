import { AppError } from '@snowflow/contracts/errors/app-error';
import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';
import { LOGIN_FAILURE_SENTENCES } from '@snowflow/contracts/errors/login-failure-sentences';
import { oauthRefused } from '../errors/login-refused';

/** RFC 6749, 5.2. What else the provider says may quote what was sent, and is not repeated. */
const REASONS: Record<string, LoginFailure> = {
  invalid_client: 'OAUTH_CLIENT_WRONG',
  unauthorized_client: 'OAUTH_CLIENT_WRONG',
  invalid_grant: 'OAUTH_DENIED',
  access_denied: 'OAUTH_DENIED',
  invalid_scope: 'OAUTH_ROLE_BLOCKED',
};

/** Providers have no one code for it: they say redirect_uri_mismatch, or write it into the description of another; Entra has a number. */
const OF_REDIRECT = /redirect[ _-]?ur[il]|AADSTS50011/i;

interface Thrown {
  error?: unknown;
  error_description?: unknown;
  code?: unknown;
}

/** What an exchange at the token endpoint threw, in our words. */
export function toOauthError(error: unknown): AppError {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Thrown;
  if (typeof thrown.error === 'string') return oauthRefused(reasonOf(thrown.error, thrown.error_description));
  // The client's own checks: an answer that breaks the protocol is no proof of anything.
  if (typeof thrown.code === 'string' && /^OAUTH_(?!TIMEOUT)/.test(thrown.code)) return oauthRefused('OAUTH_DENIED');
  return noAnswer(error);
}

function reasonOf(said: string, description: unknown): LoginFailure {
  if (OF_REDIRECT.test(`${said} ${String(description)}`)) return 'OAUTH_REDIRECT_MISMATCH';
  return REASONS[said] ?? 'OAUTH_DENIED';
}

/** The provider itself says that it is busy; the refresh token is as good as before. */
const PASSING = new Set(['server_error', 'temporarily_unavailable', 'slow_down']);

/** As above, of a refresh: only what the provider says itself ends a grant that was good; a proxy's error page says nothing of it. */
export function toRefreshError(error: unknown): AppError {
  const { error: said } = (typeof error === 'object' && error !== null ? error : {}) as { error?: unknown };
  return typeof said === 'string' && !PASSING.has(said) ? toOauthError(error) : noAnswer(error);
}

function noAnswer(cause: unknown): AppError {
  const reason = 'PROVIDER_NO_ANSWER' satisfies LoginFailure;
  const message = LOGIN_FAILURE_SENTENCES[reason];
  return new AppError('SNOWFLAKE_UNREACHABLE', message, { extensions: { reason } }, { cause });
}

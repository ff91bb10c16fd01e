import { AppError, type ErrorDetails } from '@snowflow/contracts/errors/app-error';
import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';
import { LOGIN_FAILURE_SENTENCES } from '@snowflow/contracts/errors/login-failure-sentences';

/** The refusal of a sign-in, with its reason for pages that offer the next step. */
export function loginRefused(reason: LoginFailure, details: ErrorDetails = {}, said?: string): AppError {
  // What Snowflake says of a refusal we don't know is better than our guess.
  const message = reason === 'OTHER' && said ? said : LOGIN_FAILURE_SENTENCES[reason];
  return new AppError('SNOWFLAKE_LOGIN_FAILED', message, { ...details, extensions: { reason } });
}

/** The refusal of an OAuth provider. */
export function oauthRefused(reason: LoginFailure): AppError {
  return new AppError('OAUTH_FAILED', LOGIN_FAILURE_SENTENCES[reason], { extensions: { reason } });
}

import { AppError } from '@snowflow/contracts/errors/app-error';
import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';

const REFUSALS: Record<string, { reason: LoginFailure; message: string }> = {
  access_denied: {
    reason: 'OAUTH_DENIED',
    message: 'The sign-in was not approved. Start it again and approve it, or ask an administrator of the provider.',
  },
  invalid_scope: {
    reason: 'OAUTH_ROLE_BLOCKED',
    message: 'The provider does not grant that role by OAuth. Sign in without naming it, or name another role.',
  },
  unauthorized_client: {
    reason: 'OAUTH_CLIENT_WRONG',
    message: 'The provider does not accept the OAuth client. An owner or admin checks its client id in the settings.',
  },
  invalid_client: {
    reason: 'OAUTH_CLIENT_WRONG',
    message: 'The provider does not accept the OAuth client. An owner or admin checks its client id in the settings.',
  },
};

/** The error that a provider sent instead of a code. Its own words come from a URL that anybody can write, so they are not repeated. */
export function providerRefusal(error: string): AppError {
  const { reason, message } = REFUSALS[error] ?? {
    reason: 'OTHER' satisfies LoginFailure,
    message: 'The provider could not complete the sign-in. Start it again; if it stays, ask an administrator.',
  };
  return new AppError('OAUTH_FAILED', message, { extensions: { reason } });
}

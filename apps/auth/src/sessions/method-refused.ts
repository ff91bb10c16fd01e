import type { AccountPlace } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SignInMethod } from '@snowflow/contracts/sessions/session-record';

const NAMES: Record<SignInMethod, string> = {
  password: 'a password',
  'key-pair': 'a key pair',
  pat: 'a programmatic access token',
  'oauth-token': 'an OAuth access token',
  container: "the identity of Snowflake's ingress",
  oauth: 'Snowflake OAuth',
  'external-oauth': "the company's identity provider",
};

/** The refusal of a way to sign in, with what to do instead. */
export function methodRefused(method: SignInMethod, { account }: Pick<AccountPlace, 'account'>): AppError {
  return new AppError(
    'METHOD_REFUSED',
    `Signing in to ${account} by ${NAMES[method]} is not allowed here. Choose another way, or ask an owner or admin to allow it in the settings.`,
  );
}

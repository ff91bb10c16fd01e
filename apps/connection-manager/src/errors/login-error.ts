import { AppError } from '@snowflow/contracts/errors/app-error';
import { unreachable } from '../accounts/reachability';
import type { Credentials } from '../driver/snowflake-driver';
import { SnowflakeFailure } from '../driver/snowflake-failure';
import { loginFailureOf } from './login-failures';
import { loginRefused } from './login-refused';
import { snowflakeDetails } from './to-app-error';

/** Why a sign-in did not succeed: in our words where the reason is known, and without anything that was secret in the request. */
export function toLoginError(error: unknown, account: string, credentials: Credentials): unknown {
  if (error instanceof AppError) return error;
  // The driver checks its options before it dials; what it refuses there is the key.
  if (!(error instanceof SnowflakeFailure)) return loginRefused('KEY_UNREADABLE');
  const waitedForPush = credentials.authenticator === 'USERNAME_PASSWORD_MFA';
  if (error.kind === 'cancelled' && waitedForPush) return loginRefused('PUSH_TIMEOUT');
  // It was dialled before: somebody is there. Without a code it was not Snowflake that refused, but who stands between.
  if (error.kind !== 'refused' || error.facts.code === undefined) return unreachable(account, 'NO_ANSWER', error);
  const snowflake = snowflakeDetails(error);
  const reason = loginFailureOf(snowflake.code, error.message);
  return loginRefused(reason, { snowflake }, withoutSecrets(error.message, credentials));
}

function withoutSecrets(
  message: string,
  { password, passcode, token, privateKey, privateKeyPass }: Credentials,
): string {
  return [password, passcode, token, privateKey, privateKeyPass]
    .filter((secret): secret is string => !!secret)
    .reduce((text, secret) => text.replaceAll(secret, '***'), message);
}

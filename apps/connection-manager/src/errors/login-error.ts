import { AppError } from '@snowflow/contracts/errors/app-error';
import { unreachable } from '../accounts/reachability';
import type { Credentials } from '../driver/snowflake-driver';
import { SnowflakeFailure } from '../driver/snowflake-failure';
import { snowflakeDetails } from './to-app-error';

/** Why a sign-in did not succeed: Snowflake's words, without anything that was secret in the request. */
export function toLoginError(error: unknown, account: string, credentials: Credentials): unknown {
  if (error instanceof AppError) return error;
  if (!(error instanceof SnowflakeFailure)) {
    // The driver checks its options before it dials, with messages about its own option names.
    return new AppError('VALIDATION', 'The sign-in data is not usable: check the private key and its passphrase.', {
      errors: [{ path: 'privateKey', message: 'Give the key as PEM (PKCS#8), with its passphrase where it has one.' }],
    });
  }
  if (error.kind !== 'refused') return unreachable(account, error);
  return new AppError('SNOWFLAKE_LOGIN_FAILED', withoutSecrets(error.message, credentials), {
    snowflake: snowflakeDetails(error),
  });
}

function withoutSecrets(
  message: string,
  { password, passcode, token, privateKey, privateKeyPass }: Credentials,
): string {
  return [password, passcode, token, privateKey, privateKeyPass]
    .filter((secret): secret is string => !!secret)
    .reduce((text, secret) => text.replaceAll(secret, '***'), message);
}

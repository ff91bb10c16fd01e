import { AppError } from '@snowflow/contracts/errors/app-error';
import type { OpenRequest } from '@snowflow/contracts/connections/connections.dto';
import type { Authenticator } from '@snowflow/contracts/sessions/session-record';
import type { Credentials } from '../driver/snowflake-driver';

const METHODS: Record<
  Authenticator,
  { authenticator: Credentials['authenticator']; needs: 'password' | 'privateKey' | 'token'; message: string }
> = {
  password: { authenticator: 'SNOWFLAKE', needs: 'password', message: 'Give the password.' },
  'key-pair': { authenticator: 'SNOWFLAKE_JWT', needs: 'privateKey', message: 'Give the private key as PEM (PKCS#8).' },
  pat: { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', needs: 'token', message: 'Give the programmatic access token.' },
  'oauth-token': { authenticator: 'OAUTH', needs: 'token', message: 'Give the OAuth access token.' },
};

/** What the driver needs for the chosen way to sign in, and nothing else of what was sent. Throws VALIDATION naming what is missing. */
export function credentialsOf(request: OpenRequest): Credentials {
  const { authenticator, needs, message } = METHODS[request.authenticator];
  if (!request[needs]) throw new AppError('VALIDATION', message, { errors: [{ path: needs, message }] });
  const { username, role, warehouse, database, schema } = request;
  const place = { role, warehouse, database, schema };
  switch (needs) {
    case 'password':
      return { username, authenticator, password: request.password, passcode: request.passcode, ...place };
    case 'privateKey':
      return {
        username,
        authenticator,
        privateKey: request.privateKey,
        privateKeyPass: request.privateKeyPassphrase,
        ...place,
      };
    case 'token':
      return { username, authenticator, token: request.token, ...place };
  }
}

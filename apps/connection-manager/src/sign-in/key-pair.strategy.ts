import { readPrivateKey } from './private-key';
import { requiredField } from './required-field';
import { LOGIN_MS, PreparedSignIn, SignInRequest, SignInStrategy } from './sign-in-strategy';
import { startingPlace } from './starting-place';

/** A private key whose public half Snowflake knows. */
export class KeyPairStrategy extends SignInStrategy {
  async prepare(request: SignInRequest): Promise<PreparedSignIn> {
    const username = requiredField(request.username, 'username', 'Give the user name.');
    const pem = requiredField(request.privateKey, 'privateKey', 'Give the private key as PEM (PKCS#8).');
    const privateKey = readPrivateKey(pem, request.privateKeyPassphrase);
    return {
      credentials: { authenticator: 'SNOWFLAKE_JWT', username, privateKey, ...startingPlace(request) },
      patienceMs: LOGIN_MS,
    };
  }
}

import { readFile } from 'node:fs/promises';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { requiredField } from './required-field';
import { LOGIN_MS, PreparedSignIn, SignInRequest, SignInStrategy } from './sign-in-strategy';
import { startingPlace } from './starting-place';

/**
 * The identity of a person inside Snowpark Container Services: the service's own token, read anew for it is replaced every few minutes,
 * joined with the token of the person that Snowflake's ingress sent along. Source: Snowflake's documentation of caller's rights.
 */
export class ContainerStrategy extends SignInStrategy {
  /** `tokenFile` undefined: this installation does not run inside Snowflake. */
  constructor(private readonly tokenFile: string | undefined) {
    super();
  }

  async prepare(request: SignInRequest): Promise<PreparedSignIn> {
    if (this.tokenFile === undefined) {
      throw new AppError(
        'METHOD_REFUSED',
        'This sign-in works only inside Snowflake, where SnowFlow runs as a Native App.',
      );
    }
    const person = requiredField(request.token, 'token', "Snowflake's ingress sent no token for this person.");
    const service = await ownToken(this.tokenFile);
    return {
      credentials: { authenticator: 'OAUTH', token: `${service}.${person}`, ...startingPlace(request) },
      patienceMs: LOGIN_MS,
    };
  }
}

async function ownToken(file: string): Promise<string> {
  let cause: unknown;
  const token = await readFile(file, 'utf8').catch((error: unknown) => {
    cause = error;
    return '';
  });
  if (token.trim()) return token.trim();
  throw new AppError(
    'UNAVAILABLE',
    'Snowflake has given this service no token. Try again in a moment; if it stays so, tell the operator.',
    {},
    { cause },
  );
}

import { requiredField } from './required-field';
import { LOGIN_MS, PreparedSignIn, SignInRequest, SignInStrategy } from './sign-in-strategy';
import { startingPlace } from './starting-place';

/** A token that was made elsewhere: a programmatic access token, or an OAuth access token. It says itself whose it is. */
export class TokenStrategy extends SignInStrategy {
  constructor(
    private readonly authenticator: 'PROGRAMMATIC_ACCESS_TOKEN' | 'OAUTH',
    private readonly asked: string,
  ) {
    super();
  }

  async prepare(request: SignInRequest): Promise<PreparedSignIn> {
    const token = requiredField(request.token?.trim(), 'token', this.asked);
    const { authenticator } = this;
    return {
      credentials: { authenticator, username: request.username, token, ...startingPlace(request) },
      patienceMs: LOGIN_MS,
    };
  }
}

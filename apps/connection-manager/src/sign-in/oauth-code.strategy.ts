import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Endpoint } from '../accounts/endpoint';
import { OauthFlow } from '../oauth/oauth-flow';
import { LOGIN_MS, PreparedSignIn, SignInRequest, SignInStrategy } from './sign-in-strategy';
import { startingPlace } from './starting-place';

/** The code that a redirect brought back, from Snowflake or from the company's own provider. */
export class OauthCodeStrategy extends SignInStrategy {
  constructor(private readonly flow: OauthFlow) {
    super();
  }

  async prepare(request: SignInRequest, endpoint: Endpoint, signal: AbortSignal): Promise<PreparedSignIn> {
    const { oauth } = request;
    if (!oauth) throw new AppError('VALIDATION', 'The sign-in brings no OAuth code. Start it again.');
    const { accessToken, refreshToken } = await this.flow.exchange(oauth, endpoint, signal);
    const { clientSecret: _secret, ...client } = oauth.client;
    return {
      credentials: { authenticator: 'OAUTH', token: accessToken, ...startingPlace(request) },
      patienceMs: LOGIN_MS,
      ...(refreshToken ? { renewal: { client, refreshToken } } : {}),
    };
  }
}

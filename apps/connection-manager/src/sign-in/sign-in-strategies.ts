import { Injectable } from '@nestjs/common';
import type { OpenRequest } from '@snowflow/contracts/connections/connections.dto';
import type { Endpoint } from '../accounts/endpoint';
import { OauthFlow } from '../oauth/oauth-flow';
import { ContainerStrategy } from './container.strategy';
import { KeyPairStrategy } from './key-pair.strategy';
import { OauthCodeStrategy } from './oauth-code.strategy';
import { PasswordStrategy } from './password.strategy';
import type { PreparedSignIn, SignInRequest, SignInStrategy } from './sign-in-strategy';
import { TokenStrategy } from './token.strategy';

/** Every way to sign in, by its name. */
@Injectable()
export class SignInStrategies {
  private readonly byMethod: Record<OpenRequest['authenticator'], SignInStrategy>;

  /** `containerTokenFile` undefined: not inside Snowflake. */
  constructor(flow: OauthFlow, containerTokenFile: string | undefined) {
    const byCode = new OauthCodeStrategy(flow);
    this.byMethod = {
      password: new PasswordStrategy(),
      'key-pair': new KeyPairStrategy(),
      pat: new TokenStrategy('PROGRAMMATIC_ACCESS_TOKEN', 'Give the programmatic access token.'),
      'oauth-token': new TokenStrategy('OAUTH', 'Give the OAuth access token.'),
      container: new ContainerStrategy(containerTokenFile),
      oauth: byCode,
      'external-oauth': byCode,
    };
  }

  prepare(request: SignInRequest, endpoint: Endpoint, signal: AbortSignal): Promise<PreparedSignIn> {
    return this.byMethod[request.authenticator].prepare(request, endpoint, signal);
  }
}

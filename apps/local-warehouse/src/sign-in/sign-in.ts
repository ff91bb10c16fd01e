import type { Account } from '../accounts/account';
import type { Person } from '../accounts/person';
import type { ContainerLogin } from './container-login';
import { keyOwner } from './key-pair-login';
import type { LoggingIn } from './logging-in';
import { notSupported, userDisabled, walled, wrongToken } from './login-refusals';
import type { OauthLogin } from './oauth-login';
import { byPassword } from './password-login';
import type { PushedRequests } from './pushed-requests';
import { tokenOwner } from './token-login';

/** Who is let in, and the one role they may take where their token says so. */
export interface SignedIn {
  person: Person;
  boundToRole?: string;
}

/** Every way to sign in that the driver knows to send. */
export class SignIn {
  constructor(
    private readonly pushed: PushedRequests,
    private readonly oauth: OauthLogin,
    private readonly container: ContainerLogin,
  ) {}

  async check(account: Account, authenticator: string, asking: LoggingIn): Promise<SignedIn> {
    const signedIn = await this.byMethod(account, authenticator, asking);
    if (signedIn.person.disabled) throw userDisabled();
    if (signedIn.person.isWalled) throw walled();
    return signedIn;
  }

  private async byMethod(account: Account, authenticator: string, asking: LoggingIn): Promise<SignedIn> {
    switch (authenticator) {
      case 'SNOWFLAKE':
      case 'USERNAME_PASSWORD_MFA':
        return byPassword(account, asking, this.pushed);
      case 'SNOWFLAKE_JWT':
        return { person: keyOwner(account, asking.token) };
      case 'PROGRAMMATIC_ACCESS_TOKEN':
        if (asking.token === undefined) throw wrongToken();
        return tokenOwner(account, asking.token);
      case 'OAUTH':
        return (await this.container.owner(account, asking.token)) ?? this.oauth.owner(account, asking.token);
      default:
        throw notSupported(authenticator);
    }
  }
}

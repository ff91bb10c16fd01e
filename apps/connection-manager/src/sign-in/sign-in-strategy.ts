import type { OauthClientDto, OpenRequest } from '@snowflow/contracts/connections/connections.dto';
import type { Endpoint } from '../accounts/endpoint';
import type { Credentials } from '../driver/snowflake-driver';

/** A client without its secret, which only the tenant's settings have. */
export type ClientName = Omit<OauthClientDto, 'clientSecret'>;

/** With what a session that was begun by OAuth can be begun again, when Snowflake has ended it. It rests sealed with the session. */
export interface OauthRenewal {
  client: ClientName;
  refreshToken: string;
}

/** Ready to be sent to Snowflake. */
export interface PreparedSignIn {
  credentials: Credentials;
  /** How long Snowflake may take to answer where a person is waited for; all else shares the budget of the sign-in. */
  patienceMs: number;
  renewal?: OauthRenewal;
}

export type SignInRequest = Omit<OpenRequest, 'sessionId' | 'signInEndsAt'>;

/**
 * What every sign-in but one may take in all: dialling, an identity provider, the login, and setting the session up. Ten seconds are
 * promised; the rest is for the way there and back.
 */
export const LOGIN_MS = 8_500;

/** One way to sign in. Throws VALIDATION naming what is missing, SNOWFLAKE_LOGIN_FAILED or OAUTH_FAILED with the reason. */
export abstract class SignInStrategy {
  /** `signal`: what the whole sign-in may take. */
  abstract prepare(request: SignInRequest, endpoint: Endpoint, signal: AbortSignal): Promise<PreparedSignIn>;
}

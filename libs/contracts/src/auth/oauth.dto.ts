import { OneOf, Text, Texts } from '../dto/fields';
import { OAUTH_PROVIDERS, OauthProvider, SignInMethod } from '../sessions/session-record';
import type { ConnectReply } from './auth.dto';

export class AccountQuery {
  @Text({ description: 'Account identifier, as typed' }) account: string;
}

/** How people may sign in to an account here. */
export class SignInOptions {
  @Text({ description: 'The account in its one spelling' }) account: string;
  @Texts() methods: SignInMethod[];
  @Text({ nullable: true, max: 500, description: 'What to do where no method is open, as a sentence' })
  hint: string | null;
}

export class OauthAuthorizeQuery {
  @Text() account: string;
  @OneOf(OAUTH_PROVIDERS, { optional: true }) provider?: OauthProvider;
  @Text({ optional: true, description: 'The role to sign in with; without it the default role' }) role?: string;
  @Text({ optional: true, max: 2_000, description: 'A path of this site to open afterwards' }) next?: string;
}

/** `redirectUri` is the gateway's callback. A `setup` brings a client that the tenant does not have yet. */
export class OauthStartRequest extends OauthAuthorizeQuery {
  @Text({ max: 500 }) redirectUri: string;
  @Text({ optional: true, max: 500 }) setupClientId?: string;
  @Text({ optional: true, max: 2_000, secret: true }) setupClientSecret?: string;
}

/** `binding` goes into a cookie of the browser that started: the callback must bring it back. */
export interface OauthStarted {
  authorizeUrl: string;
  binding: string;
}

export class OauthFinishRequest {
  @Text({ max: 500 }) state: string;
  @Text({ max: 200 }) binding: string;
  @Text({ optional: true, max: 4_000 }) code?: string;
  @Text({ optional: true, max: 500 }) iss?: string;
  @Text({ optional: true, max: 200, description: "The provider's error code" }) error?: string;
  @Text({ optional: true, max: 100 }) client?: string;
}

/**
 * `next`: the path to open; without `tokens` nobody was signed in. Where it failed the error carries among its extensions `account`, or
 * `next` where a page of who is signed in shows the reason.
 */
export interface OauthFinished {
  tokens?: Required<ConnectReply>;
  next: string;
}

/** First set-up of an account that lets people in by OAuth only, by who can read the client's secret in Snowflake. */
export class OauthSetupRequest {
  @Text() account: string;
  @Text({ max: 500 }) clientId: string;
  @Text({ max: 2_000, secret: true }) clientSecret: string;
}

export class OauthSetupReply {
  @Text({ max: 4_000, description: 'Where to send the browser to try the client' }) authorizeUrl: string;
}

/** The statements that a Snowflake administrator runs once. */
export class OauthSetupSql {
  @Text({ max: 500 }) redirectUri: string;
  @Text({ max: 4_000 }) sql: string;
}

/** Of the company's provider: its issuer, and what its tokens look like. */
export class ExternalOauthSetupQuery {
  @Text({ max: 500, description: "The provider's issuer, for OIDC discovery" }) issuer: string;
  @Text({ optional: true, max: 500, description: "The audience of its tokens; without it the account's URL" })
  audience?: string;
  @Text({ optional: true, max: 100, description: 'The claim that names the person; without it upn at Entra, else sub' })
  userClaim?: string;
  @OneOf(['LOGIN_NAME', 'EMAIL_ADDRESS'], { optional: true, description: 'What of the Snowflake user it names' })
  userAttribute?: 'LOGIN_NAME' | 'EMAIL_ADDRESS';
}

/** The statement that a Snowflake administrator runs once, made from what the provider says of itself. */
export class ExternalOauthSetupSql extends OauthSetupSql {
  @Text({ max: 500, description: 'As the provider spells it' }) issuer: string;
  @Text({ max: 500, description: 'Where the provider has its keys' }) jwksUri: string;
}

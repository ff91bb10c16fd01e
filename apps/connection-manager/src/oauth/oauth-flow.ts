import { Injectable } from '@nestjs/common';
import type {
  AuthorizeRequest,
  OauthClientDto,
  OauthGrant,
  OauthTokens,
} from '@snowflow/contracts/connections/connections.dto';
import type { TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import type { Endpoint } from '../accounts/endpoint';
import { oauthRefused } from '../errors/login-refused';
import { OauthConfigurations } from './oauth-configurations';
import { toOauthError, toRefreshError } from './oauth-error';

/** Sign-in by OAuth 2.0: authorization code with PKCE, and the refresh that follows. Throws OAUTH_FAILED with the reason. */
@Injectable()
export class OauthFlow {
  constructor(private readonly configurations: OauthConfigurations) {}

  /** Where to send the browser. One role can be asked for; without it the session has the person's default role. */
  async authorizeUrl(request: Omit<AuthorizeRequest, 'account'>, endpoint: Endpoint): Promise<string> {
    const { client, redirectUri, state, codeChallenge, role } = request;
    const { oauth, configuration } = await this.configurations.of(client, endpoint);
    const url = oauth.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: scopeOf(client, role),
      state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  /** `signal`: what the whole of it may take; without it each request has its own time. */
  async exchange(grant: OauthGrant, endpoint: Endpoint, signal?: AbortSignal): Promise<OauthTokens> {
    const { oauth, configuration, issuer } = await this.configurations.of(grant.client, endpoint, signal);
    // Snowflake sends no issuer today; where one is sent it must be the one that was asked.
    if (grant.iss !== undefined && grant.iss !== issuer) throw oauthRefused('OAUTH_DENIED');
    const callback = new URL(grant.redirectUri);
    callback.searchParams.set('code', grant.code);
    if (grant.iss !== undefined) callback.searchParams.set('iss', grant.iss);
    try {
      // The state was checked, once, where it was made.
      const reply = await oauth.authorizationCodeGrant(configuration, callback, {
        pkceCodeVerifier: grant.codeVerifier,
        idTokenExpected: false,
      });
      return tokensOf(reply);
    } catch (error) {
      throw toOauthError(error);
    }
  }

  /** New tokens for a refresh token; the provider may replace that one or let it live. */
  async refresh(client: OauthClientDto, refreshToken: string, endpoint: Endpoint): Promise<Required<OauthTokens>> {
    const { oauth, configuration } = await this.configurations.of(client, endpoint);
    try {
      const reply = tokensOf(await oauth.refreshTokenGrant(configuration, refreshToken));
      return { accessToken: reply.accessToken, refreshToken: reply.refreshToken ?? refreshToken };
    } catch (error) {
      throw toRefreshError(error);
    }
  }
}

/** Snowflake knows one role a session, or its integration's choice; external providers name the scope as the integration maps it. */
function scopeOf({ provider }: OauthClientDto, role: string | undefined): string {
  const roleScope = role ? `session:role:${role}` : undefined;
  if (provider === 'snowflake') return ['refresh_token', roleScope].filter(Boolean).join(' ');
  return ['openid', 'offline_access', roleScope ?? 'session:role-any'].join(' ');
}

function tokensOf(reply: TokenEndpointResponse & TokenEndpointResponseHelpers): OauthTokens {
  return { accessToken: reply.access_token, refreshToken: reply.refresh_token };
}

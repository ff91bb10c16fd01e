import { Injectable } from '@nestjs/common';
import type { OauthClientDto, ProviderKeys } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { timeLimit } from '@snowflow/contracts/rpc/time-limit';
import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';
import type * as OpenidClient from 'openid-client';
import type { Endpoint } from '../accounts/endpoint';
import { Egress } from '../net/egress';
import { guardedFetch } from '@snowflow/platform/net/guarded-fetch';

const TIMEOUT_MS = 8_000;
const DISCOVERY_LIFE_MS = 600_000;

export interface OauthConfiguration {
  oauth: typeof OpenidClient;
  configuration: OpenidClient.Configuration;
  issuer: string;
}

/** What is known of providers: Snowflake's endpoints by its documentation, others by OpenID Connect discovery. */
@Injectable()
export class OauthConfigurations {
  private readonly discovered = new Map<string, { metadata: OpenidClient.ServerMetadata; untilMs: number }>();

  constructor(private readonly egress: Egress) {}

  /** Throws SNOWFLAKE_UNREACHABLE, or VALIDATION where the issuer is none. */
  async of(client: OauthClientDto, endpoint: Endpoint, budget?: AbortSignal): Promise<OauthConfiguration> {
    const oauth = await import('openid-client');
    const metadata = client.provider === 'snowflake' ? snowflake(endpoint) : await this.discover(oauth, client, budget);
    const { clientId, clientSecret } = client;
    const authentication = clientSecret ? oauth.ClientSecretBasic(clientSecret) : oauth.None();
    const configuration = new oauth.Configuration(metadata, clientId, {}, authentication);
    this.prepare(oauth, configuration, metadata.issuer, budget);
    return { oauth, configuration, issuer: metadata.issuer };
  }

  /** Where a company's provider has its keys. Throws as `of`, and VALIDATION where it publishes none. */
  async keysOf(issuer: string): Promise<ProviderKeys> {
    const found = await this.discover(await import('openid-client'), {
      provider: 'external',
      issuer,
      clientId: 'none',
    });
    if (found.jwks_uri) return { issuer: found.issuer, jwksUri: found.jwks_uri };
    const message = `The discovery document of ${found.issuer} names no keys (jwks_uri), which Snowflake checks tokens with.`;
    throw new AppError('VALIDATION', message, { errors: [{ path: 'issuer', message }] });
  }

  private async discover(oauth: typeof OpenidClient, { issuer, clientId }: OauthClientDto, budget?: AbortSignal) {
    const server = this.issuerUrl(issuer);
    const known = this.discovered.get(server.href);
    if (known && known.untilMs > Date.now()) return known.metadata;
    try {
      const found = await oauth.discovery(server, clientId, undefined, undefined, {
        timeout: TIMEOUT_MS / 1000,
        execute: this.egress.trusts(server.origin) ? [oauth.allowInsecureRequests] : [],
        [oauth.customFetch]: (url, options) => this.fetch(url, options, budget),
      });
      const metadata = found.serverMetadata();
      this.discovered.set(server.href, { metadata, untilMs: Date.now() + DISCOVERY_LIFE_MS });
      return metadata;
    } catch (error) {
      throw new AppError(
        'SNOWFLAKE_UNREACHABLE',
        `The identity provider ${server.host} does not answer as OpenID Connect asks. Check the issuer in Settings.`,
        { extensions: { reason: 'PROVIDER_NO_ANSWER' satisfies LoginFailure } },
        { cause: error },
      );
    }
  }

  private issuerUrl(issuer: string | undefined): URL {
    const message = 'Give the issuer of the identity provider as an https address.';
    if (!issuer || !URL.canParse(issuer))
      throw new AppError('VALIDATION', message, { errors: [{ path: 'issuer', message }] });
    const url = new URL(issuer);
    if (url.protocol === 'https:' || this.egress.trusts(url.origin)) return url;
    throw new AppError('VALIDATION', message, { errors: [{ path: 'issuer', message }] });
  }

  private prepare(
    oauth: typeof OpenidClient,
    configuration: OpenidClient.Configuration,
    issuer: string,
    budget?: AbortSignal,
  ): void {
    configuration.timeout = TIMEOUT_MS / 1000;
    configuration[oauth.customFetch] = (url, options) => this.fetch(url, options, budget);
    if (this.egress.trusts(new URL(issuer).origin)) oauth.allowInsecureRequests(configuration);
  }

  private fetch(
    url: string,
    { method, headers, body, signal }: OpenidClient.CustomFetchOptions,
    budget?: AbortSignal,
  ): Promise<Response> {
    const text = body === undefined || body === null ? undefined : String(body);
    return guardedFetch(this.egress, new URL(url), {
      method,
      headers: { ...headers, ...(text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }) },
      body: text,
      signal: AbortSignal.any([signal ?? timeLimit(TIMEOUT_MS), ...(budget ? [budget] : [])]),
    });
  }
}

/** Source: Snowflake's documentation, "Configure Snowflake OAuth for custom clients". */
function snowflake({ origin }: Endpoint): OpenidClient.ServerMetadata {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token-request`,
  };
}

import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { loginPage } from './login-page';
import type { OauthProviderOptions } from './oauth-provider-options';

/** Introspection is open to whoever reaches this loopback port: the local warehouse has no secret with it. */
const INTROSPECTOR = 'snowflake-local';
const HOUR_SECONDS = 3_600;

async function main(options: OauthProviderOptions): Promise<void> {
  const { default: OidcProvider } = await import('oidc-provider');
  const provider = new OidcProvider(options.issuer, configuration(options));
  provider.proxy = true;
  provider.on('server_error', (_context, error) => console.error(error));
  if (!options.sendIss) {
    provider.use(async (context, next) => {
      await next();
      const location = context.response.get('location');
      if (URL.canParse(location)) context.response.set('location', withoutIssuer(location));
      if (context.path.endsWith('/openid-configuration')) {
        context.body = { ...(context.body as object), authorization_response_iss_parameter_supported: false };
      }
    });
  }
  const handle = provider.callback();
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/')) void interact(provider, options, request, response);
    else handle(request, response);
  });
  server.listen(options.port, '127.0.0.1', () => process.stdout.write('ready\n'));
}

/** As a server of before RFC 9207 would send it. */
function withoutIssuer(location: string): string {
  const url = new URL(location);
  url.searchParams.delete('iss');
  return url.href;
}

function configuration({ mode, clients, rotate, refreshTokens, accessTokenSeconds }: OauthProviderOptions) {
  const isSnowflake = mode === 'snowflake';
  return {
    clients: [
      ...clients.map(({ id, secret, redirectUris }) => ({
        client_id: id,
        client_secret: secret,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code' as const],
        token_endpoint_auth_method: 'client_secret_basic' as const,
      })),
      {
        client_id: INTROSPECTOR,
        redirect_uris: [],
        grant_types: [],
        response_types: [],
        token_endpoint_auth_method: 'none' as const,
      },
    ],
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token-request',
      introspection: '/oauth/introspect',
    },
    scopes: [
      'openid',
      'offline_access',
      'refresh_token',
      'session:role-any',
      ...ROLES.map((role) => `session:role:${role}`),
    ],
    pkce: { required: () => true },
    responseTypes: ['code' as const],
    rotateRefreshToken: rotate,
    issueRefreshToken: async (_context: unknown, _client: unknown, code: { scopes: Set<string> }) =>
      refreshTokens && (!isSnowflake || code.scopes.has('refresh_token')),
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      Grant: HOUR_SECONDS,
      Interaction: 600,
      RefreshToken: HOUR_SECONDS,
      Session: HOUR_SECONDS,
    },
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: async () => true },
      revocation: { enabled: true },
    },
    interactions: { url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    findAccount: async (_context: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    cookies: { keys: ['of a test'] },
    extraParams: [],
  };
}

const ROLES = ['SYSADMIN', 'ANALYST', 'ACCOUNTADMIN', 'PUBLIC'];

/** Who signs in allows what was asked; who cancels goes back with access_denied. */
async function interact(
  provider: Provider,
  { users }: OauthProviderOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'consent') {
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope'] ?? ''));
    const grantId = await grant.save();
    return provider.interactionFinished(request, response, { consent: { grantId } }, { mergeWithLastSubmission: true });
  }
  const page = (problem?: string) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(loginPage(request.url ?? '', problem));
  if (request.method !== 'POST') return void page();
  const form = new URLSearchParams(await textOf(request));
  if (form.get('answer') === 'deny') {
    return provider.interactionFinished(
      request,
      response,
      { error: 'access_denied' },
      { mergeWithLastSubmission: false },
    );
  }
  const user = users.find(({ name, password }) => name === form.get('name') && password === form.get('password'));
  if (!user) return void page('The user name or the password is wrong.');
  return provider.interactionFinished(request, response, { login: { accountId: user.name } });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}

void main(JSON.parse(process.argv[2] ?? '{}') as OauthProviderOptions);

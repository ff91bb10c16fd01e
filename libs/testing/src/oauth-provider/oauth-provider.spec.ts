import { startOauthProvider, OauthProvider } from './oauth-provider';
import { signInAtProvider } from './sign-in-at-provider';

const client = {
  id: 'snowflow',
  secret: 'a secret of at least thirty-two characters',
  redirectUris: ['http://127.0.0.1:9/callback'],
};
/** RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe("A provider that plays Snowflake's", () => {
  let provider: OauthProvider;

  beforeAll(async () => {
    provider = await startOauthProvider({
      mode: 'snowflake',
      users: [{ name: 'ANALYST', password: 'analyst' }],
      clients: [client],
    });
  });
  afterAll(() => provider.stop());

  const authorizeUrl = (more: Record<string, string> = {}) => {
    const query = new URLSearchParams({
      client_id: client.id,
      response_type: 'code',
      redirect_uri: client.redirectUris[0] as string,
      scope: 'refresh_token session:role:ANALYST',
      state: 's',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...more,
    });
    return `${provider.origin}/oauth/authorize?${query.toString()}`;
  };
  const ask = async (path: string, form: Record<string, string>) => {
    const response = await fetch(provider.origin + path, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client.id}:${encodeURIComponent(client.secret)}`).toString('base64')}`,
      },
      body: new URLSearchParams(form),
    });
    return (await response.json()) as Record<string, string>;
  };

  it('gives a code for a sign-in, tokens for the code, and says whose a token is', async () => {
    const callback = await signInAtProvider(authorizeUrl(), 'ANALYST', 'analyst');
    expect(callback.searchParams.get('state')).toBe('s');
    const tokens = await ask('/oauth/token-request', {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: client.redirectUris[0] as string,
      code_verifier: VERIFIER,
    });
    expect(tokens).toMatchObject({ token_type: 'Bearer', access_token: expect.any(String) as string });
    const response = await fetch(`${provider.origin}/oauth/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ token: tokens.access_token ?? '', client_id: 'snowflake-local' }),
    });
    expect(await response.json()).toMatchObject({
      active: true,
      sub: 'ANALYST',
      scope: 'refresh_token session:role:ANALYST',
    });
    const refreshed = await ask('/oauth/token-request', {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
    });
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
  });

  it('goes back with access_denied where the person cancels', async () => {
    const callback = await signInAtProvider(authorizeUrl(), 'ANALYST', undefined);
    expect(callback.searchParams.get('error')).toBe('access_denied');
  });
});

import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import type { OauthFinishRequest, OauthStartRequest } from '@snowflow/contracts/auth/oauth.dto';
import type { OauthCredentialRequest } from '@snowflow/contracts/auth/credentials.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { createHash } from 'node:crypto';
import { ownerSession, startGateway, TestGateway } from '../testing/test-gateway';

const bindingOf = (state: string) =>
  `__Host-snowflow-oauth-${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;

describe('Signing in through redirects', () => {
  let gateway: TestGateway;
  let started: OauthStartRequest[];
  let finished: OauthFinishRequest[];
  let stored: OauthCredentialRequest[];

  const tokens = (): Required<ConnectReply> => {
    const { context, ...record } = ownerSession();
    return {
      accessToken: 'a.b.c',
      tokenType: 'Bearer',
      expiresIn: 900,
      session: { ...record, ...context },
      refreshToken: 'r',
    };
  };
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${gateway.url}/api/v1/auth/oauth/${path}`, { headers, redirect: 'manual' });

  beforeAll(async () => {
    gateway = await startGateway({ PUBLIC_URL: 'https://snowflow.example/' });
    gateway.auth.answers.oauthStart = (request) => {
      started.push(request);
      return Promise.resolve({
        authorizeUrl: 'https://acc.snowflakecomputing.com/oauth/authorize?state=s',
        binding: 'bound',
      });
    };
    gateway.auth.answers.startOauthCredential = (request) => {
      stored.push(request);
      return Promise.resolve({
        authorizeUrl: 'https://acc.snowflakecomputing.com/oauth/authorize?state=grant',
        binding: 'b2',
      });
    };
    gateway.auth.answers.oauthFinish = (request) => {
      finished.push(request);
      if (request.binding !== 'bound') throw new AppError('OAUTH_STATE_INVALID', 'Not from here.');
      if (request.state === 'grant') {
        if (!request.error) return Promise.resolve({ next: '/settings/credentials?stored' });
        const extensions = { reason: 'OAUTH_DENIED', next: '/settings/credentials' };
        throw new AppError('OAUTH_FAILED', 'Denied.', { extensions });
      }
      if (request.error) {
        throw new AppError('OAUTH_FAILED', 'Denied.', { extensions: { reason: 'OAUTH_DENIED', account: 'acc' } });
      }
      return Promise.resolve({ tokens: tokens(), next: '/workflows/wf_1' });
    };
  });
  beforeEach(() => {
    started = [];
    finished = [];
    stored = [];
  });
  afterAll(() => gateway.stop());

  it('sends the browser to the provider, bound to it by a cookie, with a redirect URI that no header can change', async () => {
    const response = await get('authorize?account=acc&role=ANALYST&next=//evil.example', { host: 'evil.example' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('https://acc.snowflakecomputing.com/oauth/authorize?state=s');
    expect(response.headers.getSetCookie()).toEqual([
      `${bindingOf('s')}=bound; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax`,
    ]);
    expect(started).toEqual([
      {
        account: 'acc',
        role: 'ANALYST',
        next: '/',
        redirectUri: 'https://snowflow.example/api/v1/auth/oauth/callback',
      },
    ]);
  });

  it('begins where a page of ours or the person asks, never where another site led', async () => {
    const led = await get('authorize?account=acc', { 'sec-fetch-site': 'cross-site' });
    expect([led.status, led.headers.get('location')]).toEqual([302, '/login?error=ORIGIN_REFUSED&account=acc']);
    expect([led.headers.getSetCookie(), started]).toEqual([[], []]);
    for (const site of ['same-origin', 'none']) {
      const own = await get('authorize?account=acc', { 'sec-fetch-site': site });
      expect(own.headers.get('location')).toContain('/oauth/authorize');
    }
  });

  it('signs in on the way back, beside another tab that is on its way, whatever else the provider adds to the address', async () => {
    const response = await get('callback?state=s&code=c&iss=i&scope=x&more=y', {
      cookie: `${bindingOf('other')}=kept; ${bindingOf('s')}=bound`,
    });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/workflows/wf_1']);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
      bindingOf('s'),
      '__Host-snowflow',
      '__Host-snowflow-refresh',
    ]);
    expect(finished).toEqual([{ state: 's', binding: 'bound', code: 'c', iss: 'i', client: 'API client' }]);
  });

  it('begins a grant that is to be stored for who is signed in alone, bound to the browser too', async () => {
    const begin = (headers: Record<string, string>) =>
      fetch(`${gateway.url}/api/v1/credentials/oauth`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ name: 'Nightly', role: 'ANALYST' }),
      });
    expect((await begin({})).status).toBe(401);
    const response = await begin((await gateway.signIn()).headers);
    expect([response.status, await response.json()]).toEqual([
      200,
      { authorizeUrl: 'https://acc.snowflakecomputing.com/oauth/authorize?state=grant' },
    ]);
    expect(response.headers.getSetCookie()).toEqual([
      `${bindingOf('grant')}=b2; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax`,
    ]);
    const redirectUri = 'https://snowflow.example/api/v1/auth/oauth/callback';
    expect(stored).toEqual([{ name: 'Nightly', role: 'ANALYST', redirectUri }]);
  });

  it.each([
    ['code=c', '/settings/credentials?stored'],
    ['error=access_denied', '/settings/credentials?error=OAUTH_FAILED&reason=OAUTH_DENIED'],
  ])('leads back from a grant with %s to %s, and signs nobody in', async (query, location) => {
    const response = await get(`callback?state=grant&${query}`, { cookie: `${bindingOf('grant')}=bound` });
    expect([response.status, response.headers.get('location')]).toEqual([302, location]);
    expect(response.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([bindingOf('grant')]);
  });

  it.each([
    ['callback?state=s&code=c', {}, '/login?error=OAUTH_STATE_INVALID'],
    ['callback?code=c', { cookie: `${bindingOf('s')}=bound` }, '/login?error=OAUTH_STATE_INVALID'],
    ['callback?state=s&code=c', { cookie: `${bindingOf('other')}=bound` }, '/login?error=OAUTH_STATE_INVALID'],
    [
      'callback?state=s&error=access_denied&error_description=secret',
      { cookie: `${bindingOf('s')}=bound` },
      '/login?error=OAUTH_FAILED&reason=OAUTH_DENIED&account=acc',
    ],
  ] as [string, Record<string, string>, string][])(
    '%s with %j leads to %s, signed in as nobody',
    async (path, headers, location) => {
      const response = await get(path, headers);
      expect([response.status, response.headers.get('location')]).toEqual([302, location]);
      expect(response.headers.getSetCookie().some((cookie) => cookie.startsWith('__Host-snowflow='))).toBe(false);
    },
  );
});

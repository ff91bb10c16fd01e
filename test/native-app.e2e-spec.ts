import { rm, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { ApiClient, type Session } from './support/api-client';
import { openBrowser, openPage } from './support/browser';
import { accessTokenOf } from './support/direct-sql';
import { Ingress } from './support/ingress';
import { NativeAppService } from './support/native-app-service';
import { account, workflows } from './support/sign-in-page';

interface Reply {
  code?: string;
  reason?: string;
  detail?: string;
  methods?: string[];
  accessToken?: string;
  session?: Session & { authenticator: string };
}

describe('Inside a Native App', () => {
  let service: NativeAppService;
  let ingress: Ingress;
  let browser: Browser;
  let tokenFile: string;
  let analyst: string;

  beforeAll(async () => {
    service = await NativeAppService.start();
    tokenFile = service.tokenFile;
    await writeFile(tokenFile, 'canary-service-token-1\n');
    analyst = await accessTokenOf(service.warehouseUrl, 'ANALYST');
    ingress = await Ingress.before(service.gatewayUrl, { name: 'ANALYST', token: analyst });
    browser = await openBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await ingress?.stop();
    await service?.stop();
  }, 60_000);

  const signIn = (headers: Record<string, string>, more: object = {}, url = service.gatewayUrl) =>
    new ApiClient(url).call<Reply>('POST', '/auth/connect', {
      body: { account: 'demo', authenticator: 'container', ...more },
      headers,
    });
  const asAnalyst = () => ({ 'Sf-Context-Current-User': 'ANALYST', 'Sf-Context-Current-User-Token': analyst });

  it("the ingress's word is enough to sign in, as the person and with their own roles", async () => {
    const { status, body } = await signIn(asAnalyst());
    expect([status, body.detail]).toEqual([201, undefined]);
    expect(body.session).toMatchObject({ username: 'ANALYST', role: 'ANALYST', authenticator: 'container' });
    const headers = { authorization: `Bearer ${body.accessToken}` };
    const api = new ApiClient(service.gatewayUrl);
    expect((await api.call('GET', '/catalog/databases', { headers })).status).toBe(200);
    const methods = await api.call<Reply>('GET', '/auth/methods?account=demo');
    expect(methods.body.methods).toContain('container');
  });

  it('is the page that a browser opens, under the headers and the policy of the ingress, down to the list of workflows', async () => {
    const { page, complaints } = await openPage(browser);
    const opened = await page.goto(ingress.url);
    expect(opened?.headers()).toMatchObject({
      'x-frame-options': 'DENY',
      'cross-origin-embedder-policy': 'credentialless',
      'content-security-policy': expect.stringMatching(/script-src 'self';[\s\S]*'unsafe-eval' blob:/) as string,
    });
    await account(page).fill('demo');
    await page.getByRole('tab', { name: 'Single sign-on' }).click();
    await page.getByRole('button', { name: 'Continue as your Snowflake user' }).click();
    await workflows(page);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('knows no account but the one it runs in, whatever is typed, and no other way in than the ingress', async () => {
    const api = new ApiClient(ingress.url);
    for (const typed of ['ab12345', 'evil-account', 'https://evil-account.snowflakecomputing.com']) {
      const { body } = await api.call('GET', `/auth/methods?account=${encodeURIComponent(typed)}`);
      expect(body).toEqual({ account: 'ab12345', methods: ['container'], hint: null });
    }
  });

  it('is who the ingress says, not who a caller of the ingress claims to be', async () => {
    const claims = { 'Sf-Context-Current-User': 'DEMO', 'Sf-Context-Current-User-Token': 'made-up' };
    const { body } = await signIn({ ...claims, authorization: 'Snowflake Token="made-up"' }, {}, ingress.url);
    expect(body.session?.username).toBe('ANALYST');
  });

  it("goes on when Snowflake replaces the service's token", async () => {
    await writeFile(tokenFile, 'canary-service-token-2');
    expect((await signIn(asAnalyst())).status).toBe(201);
  });

  it('nobody becomes another: not by a name in the header or the body, and not without a token', async () => {
    const named = await signIn({ ...asAnalyst(), 'Sf-Context-Current-User': 'DEMO' }, { username: 'DEMO', token: 'x' });
    expect(named.body.session?.username).toBe('ANALYST');
    const wrong = await signIn({ ...asAnalyst(), 'Sf-Context-Current-User-Token': 'made-up' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'SNOWFLAKE_LOGIN_FAILED']);
    const without = await signIn({ 'Sf-Context-Current-User': 'DEMO' });
    expect([without.status, without.body.code]).toEqual([403, 'METHOD_REFUSED']);
    const role = await signIn(asAnalyst(), { role: 'ACCOUNTADMIN' });
    expect([role.status, role.body.reason]).toEqual([401, 'ROLE_NOT_GRANTED']);
  });

  it('says so where the service has no token', async () => {
    await rm(tokenFile);
    const { status, body } = await signIn(asAnalyst());
    expect([status, body.code]).toEqual([503, 'UNAVAILABLE']);
    expect(body.detail).not.toContain(tokenFile);
    await writeFile(tokenFile, 'canary-service-token-3');
    expect((await signIn(asAnalyst())).status).toBe(201);
  });

  it('neither token is in a log', () => {
    const logs = service.logs();
    expect(logs.length).toBeGreaterThan(0);
    expect([logs.includes('canary-service-token'), logs.includes(analyst)]).toEqual([false, false]);
  });
});

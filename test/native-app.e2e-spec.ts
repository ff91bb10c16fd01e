import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Session } from './support/api-client';
import { accessTokenOf } from './support/direct-sql';

interface Reply {
  code?: string;
  reason?: string;
  detail?: string;
  methods?: string[];
  accessToken?: string;
  session?: Session & { authenticator: string };
}

describe('Inside a Native App', () => {
  let stack: Stack;
  let folder: string;
  let tokenFile: string;
  let analyst: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'snowflow-native-app-'));
    tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'canary-service-token-1\n');
    stack = await startStack({
      env: { NATIVE_APP: 'on', SPCS_TOKEN_FILE: tokenFile, WAREHOUSE_SERVICE_TOKEN_FILE: tokenFile },
    });
    analyst = await accessTokenOf(stack.warehouseUrl, 'ANALYST');
  }, 180_000);
  afterAll(async () => {
    await stack?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const signIn = (headers: Record<string, string>, more: object = {}) =>
    new ApiClient(stack.gatewayUrl).call<Reply>('POST', '/auth/connect', {
      body: { account: 'demo', authenticator: 'container', ...more },
      headers,
    });
  const asAnalyst = () => ({ 'Sf-Context-Current-User': 'ANALYST', 'Sf-Context-Current-User-Token': analyst });

  it("the ingress's word is enough to sign in, as the person and with their own roles", async () => {
    const { status, body } = await signIn(asAnalyst());
    expect([status, body.detail]).toEqual([201, undefined]);
    expect(body.session).toMatchObject({ username: 'ANALYST', role: 'ANALYST', authenticator: 'container' });
    const headers = { authorization: `Bearer ${body.accessToken}` };
    const api = new ApiClient(stack.gatewayUrl);
    expect((await api.call('GET', '/catalog/databases', { headers })).status).toBe(200);
    const methods = await api.call<Reply>('GET', '/auth/methods?account=demo');
    expect(methods.body.methods).toContain('container');
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
    expect(body.detail).not.toContain(folder);
    await writeFile(tokenFile, 'canary-service-token-3');
    expect((await signIn(asAnalyst())).status).toBe(201);
  });

  it('neither token is in a log', () => {
    const logs = stack.logs();
    expect(logs.length).toBeGreaterThan(0);
    expect([logs.includes('canary-service-token'), logs.includes(analyst)]).toEqual([false, false]);
  });
});

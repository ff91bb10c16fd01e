import type { ConnectReply, SignInRequest } from '@snowflow/contracts/auth/auth.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { startGateway, TestGateway } from '../testing/test-gateway';
import { containerToken, stripContainerHeaders } from './container-identity';

const INGRESS = { 'Sf-Context-Current-User': 'ADA', 'Sf-Context-Current-User-Token': 'canary-user-token' };
const BODY = { account: 'acme', authenticator: 'container' } as const;

describe.each([
  ['on', true],
  ['off', false],
] as const)('A gateway with NATIVE_APP=%s', (mode, isNativeApp) => {
  let gateway: TestGateway;
  let arrived: SignInRequest[];

  beforeAll(async () => {
    gateway = await startGateway({ NATIVE_APP: mode });
    gateway.auth.answers.connect = (request): Promise<Required<ConnectReply>> => {
      arrived.push(request);
      return Promise.reject(new AppError('SNOWFLAKE_LOGIN_FAILED', 'It came this far.'));
    };
  });
  beforeEach(() => {
    arrived = [];
  });
  afterAll(() => gateway.stop());

  const connect = async (body: object, headers: Record<string, string>) => {
    const response = await fetch(`${gateway.url}/api/v1/auth/connect`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return ((await response.json()) as { code: string }).code;
  };

  it(isNativeApp ? 'takes who calls from the ingress, and not from the body' : 'believes no ingress', async () => {
    const claimed = { ...BODY, username: 'MALLORY', token: 'mallory' };
    const code = await connect(claimed, INGRESS);
    if (isNativeApp) {
      expect(code).toBe('SNOWFLAKE_LOGIN_FAILED');
      expect(arrived).toEqual([expect.objectContaining({ ...BODY, username: 'ADA', token: 'canary-user-token' })]);
    } else {
      expect(code).toBe('METHOD_REFUSED');
      expect(arrived).toEqual([]);
    }
  });

  it.each(Object.keys(INGRESS))('refuses who comes without %s', async (missing) => {
    const rest = Object.fromEntries(Object.entries(INGRESS).filter(([name]) => name !== missing));
    expect(await connect(BODY, rest)).toBe('METHOD_REFUSED');
    expect(arrived).toEqual([]);
  });

  it.each([
    ['the person who signed in', 'ada', 200],
    ['nobody', undefined, 200],
    ['somebody else at the same browser', 'GRACE', isNativeApp ? 401 : 200],
  ])('hears a session of the ingress from %s', async (_who, caller, status) => {
    const { session, headers } = await gateway.signIn();
    await gateway.app.get(SessionStore).save({ ...session, authenticator: 'container', username: 'ADA' }, 60);
    gateway.workflow.answers.list = () => Promise.resolve({ items: [], nextCursor: null });
    const from: Record<string, string> = caller === undefined ? {} : { 'Sf-Context-Current-User': caller };
    const reply = await fetch(`${gateway.url}/api/v1/workflows`, { headers: { ...headers, ...from } });
    expect(reply.status).toBe(status);
  });

  it('leaves other ways to sign in alone', async () => {
    await connect({ account: 'acme', authenticator: 'password', username: 'BOB', password: 'x' }, INGRESS);
    expect(arrived).toEqual([expect.objectContaining({ username: 'BOB', password: 'x' })]);
    expect(arrived[0]?.token).toBeUndefined();
  });
});

describe('Headers of the ingress', () => {
  it('are all taken away, and no others', () => {
    const headers = { 'sf-context-current-user': 'a', 'sf-context-other': 'b', 'x-sf-context': 'c', host: 'd' };
    stripContainerHeaders({ headers });
    expect(headers).toEqual({ 'x-sf-context': 'c', host: 'd' });
  });

  it('are not believed outside of Snowflake even where they were left', () => {
    const headers = { 'sf-context-current-user': 'a', 'sf-context-current-user-token': 'b' };
    expect(() => containerToken(BODY, { headers }, false)).toThrow('only inside Snowflake');
    expect(containerToken(BODY, { headers }, true)).toEqual({ username: 'a', token: 'b' });
  });
});

import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConnectionPart } from '@snowflow/contracts/connections/connections.dto';
import { AccountDirectory } from '../accounts/account-directory';
import { Egress } from '../net/egress';
import type { AllowedHost, AllowList } from './allow-list';
import { ConnectionTestService } from './connection-test.service';
import { type Asking, ResultHosts } from './result-hosts';

type Answer = { status: number; body?: string } | 'cut off';

const GOOD: Record<string, Answer> = {
  '/session/v1/login-request': { status: 200, body: '{"success":false,"code":"390100"}' },
  '/oauth/authorize': { status: 400 },
  '/api/v2/databases': { status: 401 },
  '/': { status: 404 },
};
const ASKING: Asking = {
  ref: { tenantId: 'ten_1', sessionId: 'ses_1' },
  context: { role: 'ANALYST', secondaryRoles: 'NONE', warehouse: null, database: null, schema: null },
};

describe('The connection test', () => {
  let server: Server;
  let origin: string;
  let port: number;
  let answers: Record<string, Answer>;
  let hosts: () => Promise<AllowedHost[]>;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = answers[request.url ?? ''] ?? { status: 404 };
      if (answer === 'cut off') request.socket.destroy();
      else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    answers = { ...GOOD };
    hosts = () => Promise.resolve([{ host: '127.0.0.1', port }]);
  });

  const partsOf = async ({ asking, demoOrigin }: { asking?: Asking; demoOrigin?: string } = {}) => {
    // A private issuer is an origin that the operator trusts: it stands for an account here that is not the demo.
    const egress = new Egress({ demoOrigin, privateIssuers: [origin] });
    const accounts = new AccountDirectory({ demoOrigin, allowList: [] });
    const allowList: Pick<AllowList, 'resultHosts'> = { resultHosts: () => hosts() };
    const results = new ResultHosts(egress, accounts, allowList as AllowList);
    const test = new ConnectionTestService(egress, accounts, results);
    const { parts } = await test.run({ account: 'acme', origin }, asking);
    return Object.fromEntries(parts.map(({ part, ...view }) => [part, view]));
  };
  const states = async (options: Parameters<typeof partsOf>[0] = { asking: ASKING }) =>
    Object.fromEntries(Object.entries(await partsOf(options)).map(([part, { state }]) => [part, state]));
  const ALL_OK = { name: 'ok', login: 'ok', oauth: 'ok', rest: 'ok', results: 'ok' };

  it('finds every part of an account that answers as Snowflake does', async () => {
    expect(await states()).toEqual(ALL_OK);
  });

  const PATHS: [ConnectionPart, string][] = [
    ['login', '/session/v1/login-request'],
    ['oauth', '/oauth/authorize'],
    ['rest', '/api/v2/databases'],
  ];
  const WRONG: [string, Answer, RegExp][] = [
    ['what is not there', { status: 404 }, /Something else answers \(404\)/],
    ["a proxy's 502", { status: 502, body: '<html>' }, /A proxy answers in its place, or it is out of order \(502\)/],
    ['a proxy that asks for credentials', { status: 407 }, /A proxy asks for credentials/],
    ['a connection that is cut off', 'cut off', /cut off/],
  ];
  it.each(PATHS.flatMap(([part, path]) => WRONG.map(([what, ...wrong]) => [part, what, path, ...wrong] as const)))(
    'says that %s fails by %s, and nothing else',
    async (part, _what, path, answer, reason) => {
      answers[path] = answer;
      const parts = await partsOf({ asking: ASKING });
      expect(parts[part]).toMatchObject({
        state: 'failed',
        host: '127.0.0.1',
        detail: expect.stringMatching(reason) as string,
      });
      expect(await states()).toEqual({ ...ALL_OK, [part]: 'failed' });
    },
  );

  it('takes no page of a portal for a login or for the REST API', async () => {
    answers['/session/v1/login-request'] = { status: 200, body: '<html>Accept the terms</html>' };
    answers['/api/v2/databases'] = { status: 200, body: '<html>Accept the terms</html>' };
    expect(await states()).toEqual({ ...ALL_OK, login: 'failed', rest: 'failed' });
  });

  describe('of result hosts', () => {
    it('names the one that fails, and how many do', async () => {
      hosts = () =>
        Promise.resolve([
          { host: '127.0.0.1', port },
          { host: 'stage.invalid', port: 443 },
        ]);
      expect((await partsOf({ asking: ASKING }))['results']).toEqual({
        state: 'failed',
        host: 'stage.invalid',
        detail: expect.stringMatching(/^1 of 2 do not answer\. .*name.* Let this installation reach it/) as string,
      });
    });

    it('takes no proxy for the storage', async () => {
      answers['/'] = { status: 503 };
      expect(await states()).toEqual({ ...ALL_OK, results: 'failed' });
    });

    it('goes to no private address that Snowflake might name', async () => {
      hosts = () => Promise.resolve([{ host: '127.0.0.1', port: port === 1 ? 2 : 1 }]);
      expect((await partsOf({ asking: ASKING }))['results']).toMatchObject({
        state: 'failed',
        detail: expect.stringContaining('private address') as string,
      });
    });

    it.each([
      ['Snowflake does not say', () => Promise.reject(new Error('no')), /did not say/],
      ['there are none', () => Promise.resolve([]), /no host/],
    ] as [string, typeof hosts, RegExp][])('is not tested where %s, and says so', async (_what, named, reason) => {
      hosts = named;
      const { results } = await partsOf({ asking: ASKING });
      expect(results).toMatchObject({ state: 'not-tested', detail: expect.stringMatching(reason) as string });
    });

    it('is not tested without a session, and says so; the demo sends results itself', async () => {
      expect((await partsOf())['results']).toMatchObject({
        state: 'not-tested',
        detail: expect.stringContaining('sign in') as string,
      });
      answers['/oauth/authorize'] = { status: 404 };
      expect(await states({ demoOrigin: origin })).toEqual({ ...ALL_OK, oauth: 'not-tested' });
    });
  });

  it('asks nothing of an account whose name is not known', async () => {
    const egress = new Egress();
    const accounts = new AccountDirectory({ demoOrigin: undefined, allowList: [] });
    const allowList: Pick<AllowList, 'resultHosts'> = { resultHosts: () => hosts() };
    const test = new ConnectionTestService(egress, accounts, new ResultHosts(egress, accounts, allowList as AllowList));
    const { parts } = await test.run({ account: 'nobody', origin: 'https://nobody.invalid' }, ASKING);
    expect(parts.map(({ state }) => state)).toEqual(['failed', ...Array<string>(4).fill('not-tested')]);
  });
});

import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ownerSession, startGateway, TestGateway } from '../testing/test-gateway';

function connected(): Required<ConnectReply> {
  const { context, ...record } = ownerSession();
  const session = { ...record, ...context };
  return { accessToken: 'a.b.c', tokenType: 'Bearer', expiresIn: 900, session, refreshToken: 'refresh' };
}

describe('The gateway counts', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway({
      THROTTLE_CONNECTS_PER_MINUTE: '3',
      THROTTLE_SIGN_INS_PER_MINUTE: '12',
      THROTTLE_REQUESTS_PER_MINUTE: '10',
      TRUSTED_PROXIES: '127.0.0.1',
    });
    gateway.auth.answers.connect = ({ password }) => {
      if (password !== 'right') throw new AppError('SNOWFLAKE_LOGIN_FAILED', 'Wrong user or password.');
      return Promise.resolve(connected());
    };
    gateway.workflow.answers.list = () => Promise.resolve({ items: [], nextCursor: null });
  });
  afterAll(() => gateway.stop());

  const connect = (password: string, address: string) =>
    fetch(`${gateway.url}/api/v1/auth/connect`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ account: 'demo', authenticator: 'password', username: 'demo', password }),
    });

  it('failed sign-ins of an address, apart from those that succeed', async () => {
    for (let i = 0; i < 8; i += 1) expect((await connect('right', '10.0.0.1')).status).toBe(201);
    for (let i = 0; i < 3; i += 1) expect((await connect('wrong', '10.0.0.1')).status).toBe(401);
    const refused = await connect('right', '10.0.0.1');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'THROTTLED', status: 429 });
    expect((await connect('right', '10.0.0.2')).status).toBe(201);
  });

  it('sign-ins that succeed too, so that nobody makes sessions without end', async () => {
    for (let i = 0; i < 12; i += 1) expect((await connect('right', '10.0.0.4')).status).toBe(201);
    const refused = await connect('right', '10.0.0.4');
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });

  it('requests with bad tokens into the number of their address, and lets good ones through', async () => {
    const list = (headers: Record<string, string>) =>
      fetch(`${gateway.url}/api/v1/workflows`, { headers: { ...headers, 'x-forwarded-for': '10.0.0.5' } });
    const bad = { authorization: 'Bearer a.b.c' };
    for (let i = 0; i < 10; i += 1) expect((await list(bad)).status).toBe(401);
    expect((await list(bad)).status).toBe(429);
    expect((await list((await gateway.signIn()).headers)).status).toBe(200);
  });

  it('a burst of wrong passwords before the first of them has failed', async () => {
    const burst = await Promise.all(Array.from({ length: 60 }, () => connect('wrong', '10.0.0.3')));
    const tried = burst.filter(({ status }) => status === 401).length;
    expect(tried).toBeGreaterThanOrEqual(3);
    expect(tried).toBeLessThanOrEqual(15);
  });

  it('requests of a session, and leaves other sessions alone', async () => {
    const one = await gateway.signIn();
    const other = await gateway.signIn();
    const list = (headers: Record<string, string>) => fetch(`${gateway.url}/api/v1/workflows`, { headers });
    for (let i = 0; i < 10; i += 1) expect((await list(one.headers)).status).toBe(200);
    const refused = await list(one.headers);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('content-type')).toMatch(/problem\+json/);
    expect((await list(other.headers)).status).toBe(200);
  });
});

describe('A gateway that trusts no proxy', () => {
  it('does not believe forwarded addresses', async () => {
    const gateway = await startGateway({ THROTTLE_CONNECTS_PER_MINUTE: '2' });
    gateway.auth.answers.connect = () => Promise.reject(new AppError('SNOWFLAKE_LOGIN_FAILED', 'Wrong.'));
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const response = await fetch(`${gateway.url}/api/v1/auth/connect`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.1.${i}` },
        body: JSON.stringify({ account: 'demo', authenticator: 'password', username: 'demo', password: 'x' }),
      });
      statuses.push(response.status);
    }
    expect(statuses).toEqual([401, 401, 429]);
    await gateway.stop();
  });
});

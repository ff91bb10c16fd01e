import { setTimeout as delay } from 'node:timers/promises';
import { PROMPT } from '@snowflow/platform/redis/redis.module';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { eventually } from '@snowflow/testing/eventually';
import { startGateway, TestGateway } from '../testing/test-gateway';

/** Well below what a client waits for. */
const ANSWERED_MS = 9_000;
const CALLS = [
  ['GET', '/api/v1/workflows'],
  ['GET', '/api/v1/auth/me'],
  ['POST', '/api/v1/workflows/save'],
  ['POST', '/api/v1/auth/connect'],
  ['GET', '/api/v1/runs/run_0123456789abcdef0123/events'],
  ['GET', '/health/ready'],
] as const;
const BODIES: Readonly<Record<string, object>> = {
  '/api/v1/workflows/save': { definition: {} },
  '/api/v1/auth/connect': { account: 'demo', authenticator: 'password', username: 'demo', password: 'demo' },
};

// A Redis that is away, and one that falls silent.
jest.setTimeout(60_000);

describe('A gateway whose Redis is away', () => {
  let redis: DurableRedis;
  let gateway: TestGateway;
  let headers: Record<string, string>;

  beforeAll(async () => {
    redis = await DurableRedis.start();
    // What one command waits for a silent Redis is a matter of seconds; nothing here depends on how many.
    gateway = await startGateway({ REDIS_URL: redis.url }, { ...PROMPT, commandTimeout: 3_000 });
    gateway.workflow.answers.list = () => Promise.resolve({ items: [], nextCursor: null });
    ({ headers } = await gateway.signIn());
  });
  afterAll(async () => {
    await gateway?.stop();
    await redis?.stop();
  });

  const send = async (method: string, path: string) => {
    const body = BODIES[path];
    const reply = await fetch(gateway.url + path, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWERED_MS),
    });
    const { code } = (await reply.json()) as { code?: string };
    return { path, status: reply.status, code, again: Number(reply.headers.get('retry-after')) > 0 };
  };
  const worksAgain = () => eventually(async () => (await send('GET', '/api/v1/workflows')).status === 200, 15_000);

  it('says 503 and when to ask again, at once and on every route, and works again when it is back', async () => {
    expect(await send('GET', '/api/v1/workflows')).toMatchObject({ status: 200 });
    await redis.end('SIGKILL');
    const answers = await Promise.all(CALLS.map(([method, path]) => send(method, path)));
    expect(answers).toEqual(CALLS.map(([, path]) => ({ path, status: 503, code: 'UNAVAILABLE', again: true })));
    expect(await send('GET', '/health/live')).toMatchObject({ status: 200 });
    await redis.run();
    await worksAgain();
  });

  it('does so where Redis is there and silent, too', async () => {
    redis.freeze();
    const answer = await send('GET', '/health/ready');
    const first = fetch(`${gateway.url}/api/v1/workflows`, { headers });
    await delay(300);
    const askedAt = Date.now();
    const listed = await fetch(`${gateway.url}/api/v1/workflows`, { headers });
    const tookMs = Date.now() - askedAt;
    redis.thaw();
    await first;
    // It waited for one command of its own, not for those before it, too.
    expect(tookMs).toBeLessThan(4_500);
    expect(answer).toMatchObject({ status: 503, again: true });
    expect([listed.status, listed.headers.get('retry-after')]).toEqual([503, '2']);
    await worksAgain();
  });
});

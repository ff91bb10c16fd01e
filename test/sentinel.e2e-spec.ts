import { eventually } from '@snowflow/testing/eventually';
import { SentinelRedis } from '@snowflow/testing/sentinel-redis';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient } from './support/api-client';
import { sixInARow } from './support/document-builder';
import { RunWatcher } from './support/run-watcher';

const BACK_MS = 20_000;

describe('An installation whose Redis is watched by sentinels', () => {
  let redis: SentinelRedis;
  let stack: Stack;

  beforeAll(async () => {
    redis = await SentinelRedis.start();
    stack = await startStack({ env: { REDIS_URL: redis.url } });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await redis?.stop();
  }, 60_000);

  const isReady = () =>
    eventually(async () => {
      const answers = await Promise.all(
        Object.values(stack.healthUrls)
          .flat()
          .map((url) => fetch(`${url}/health/ready`)),
      );
      return answers.every(({ status }) => status === 200);
    }, BACK_MS);
  const saysThatItIsNot = () =>
    eventually(async () => {
      const answer = await fetch(`${stack.healthUrls['gateway']?.[0]}/health/ready`);
      return answer.status === 503 && (await answer.text()).includes('"redis"');
    });

  it('works on after the master was killed: nobody is signed out, nothing is started again', async () => {
    const person = new ApiClient(stack.gatewayUrl);
    const { id } = await person.connect('demo');
    const runs = new RunWatcher([person]);
    expect(await runs.runToEnd({ definition: sixInARow('Before') })).toMatchObject({ status: 'succeeded' });
    const pids = stack.pids;

    await redis.replicated();
    const killed = await redis.strike('SIGKILL');
    await saysThatItIsNot();
    await redis.replaced(killed);
    await isReady();

    const { body } = await person.call<{ id: string }>('GET', '/auth/me');
    expect(body.id).toBe(id);
    expect(await runs.runToEnd({ definition: sixInARow('After') })).toMatchObject({ status: 'succeeded' });
    await new ApiClient(stack.gatewayUrl).connect('analyst');
    expect(stack.pids).toEqual(pids);
    const logs = stack.logs();
    for (const password of redis.passwords) expect(logs).not.toContain(password);
  }, 60_000);
});

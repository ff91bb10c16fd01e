import { Redis } from 'ioredis';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { underLease } from './lease';

describe('A lease', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('lasts as long as the work, and goes with it', async () => {
    const others: unknown[] = [];
    const startedAtMs = Date.now();
    const held = await underLease(
      redis,
      'lease',
      async () => {
        while (Date.now() - startedAtMs < 3_500)
          others.push(await underLease(redis, 'lease', () => Promise.resolve(1)));
        return 'done';
      },
      2_000,
    );
    expect(held).toEqual({ result: 'done' });
    expect([others.length > 0, others.every((other) => other === undefined)]).toEqual([true, true]);
    expect(await redis.exists('lease')).toBe(0);
  });

  it('goes also where the work fails', async () => {
    await expect(underLease(redis, 'lease', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await redis.exists('lease')).toBe(0);
  });
});

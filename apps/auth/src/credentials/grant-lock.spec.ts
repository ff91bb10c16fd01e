import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { Redis } from 'ioredis';
import { GrantLock } from './grant-lock';

describe('The lock of a stored grant', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let replicas: GrantLock[];

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    replicas = [new GrantLock(redis), new GrantLock(redis)];
  });
  beforeEach(() => redis.flushall());
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  const hold = <Result>(replica: number, work: () => Promise<Result>) =>
    (replicas[replica] as GrantLock).hold('cred_1', work);

  it('is held by one at a time over all replicas', async () => {
    const seen: string[] = [];
    const step = (name: string) => async () => {
      seen.push(`${name} begins`);
      await redis.ping();
      seen.push(`${name} ends`);
    };
    await Promise.all([hold(0, step('a')), hold(1, step('b')), hold(0, step('c'))]);
    expect(seen.map((line) => line[0])).toEqual(seen.flatMap((line, at) => (at % 2 === 0 ? [line[0], line[0]] : [])));
  });

  it('is let go where the work fails, and by itself where its holder dies', async () => {
    await expect(hold(0, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await hold(1, async () => {
      const [key] = await redis.keys('snowflow:credential-grant:*');
      expect(await redis.pttl(key as string)).toBeGreaterThan(30_000);
    });
    expect(await redis.keys('*')).toEqual([]);
  });

  it("is not let go in another's hand", async () => {
    await hold(0, async () => {
      const [key] = await redis.keys('snowflow:credential-grant:*');
      await redis.set(key as string, 'another');
    });
    expect(await redis.get('snowflow:credential-grant:cred_1')).toBe('another');
  });
});

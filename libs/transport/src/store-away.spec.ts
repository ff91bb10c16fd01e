import { DurablePostgres } from '@snowflow/testing/durable-postgres';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { storeAway } from './store-away';

describe('A handler whose store is away', () => {
  let postgres: DurablePostgres;

  beforeAll(async () => {
    postgres = await DurablePostgres.start();
  });
  afterAll(() => postgres.stop());

  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const codes = (error: unknown) => [false, true].map((unsafe) => storeAway(error, 'workflow', unsafe)?.code);

  it('says so where Postgres goes away in a query, and of a write without a key that nobody knows', async () => {
    const client = new Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    await client.connect();
    const asked = failureOf(client.query('SELECT pg_sleep(30)'));
    await postgres.crash();
    expect(codes(await asked)).toEqual(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
    expect(codes(await failureOf(client.query('SELECT 1')))).toEqual(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
  });

  it('says that to ask again is right where it reached nobody, a write too, and when', async () => {
    const url = new URL(postgres.url);
    url.port = '1';
    const refused = await failureOf(new Client({ connectionString: url.href }).connect());
    expect(codes(refused)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(storeAway(refused, 'workflow', true)?.details).toEqual({ retryAfterSeconds: 2 });
  });

  it('says so where Redis is gone', async () => {
    const server = await startRedis();
    const redis = new Redis(server.url, { retryStrategy: () => null });
    redis.on('error', () => undefined);
    await redis.ping();
    const asked = failureOf(redis.blpop('nothing', 0));
    await server.stop();
    expect(codes(await asked)).toEqual(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
    expect(codes(await failureOf(redis.get('nothing')))).toEqual(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
  });

  it('says so where the store is full or misses its replicas, and of a write without a key that nobody knows what was done before', async () => {
    await postgres.refuseWrites();
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    expect(codes(await failureOf(client.query('CREATE TABLE one ()')))).toEqual(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
    await Promise.all([client.end(), postgres.takeWrites()]);
    const server = await startRedis();
    const redis = new Redis(server.url);
    await redis.config('SET', 'maxmemory', '1');
    const script = "redis.call('SET', 'a', '1')";
    for (const work of [redis.set('a', '1'), redis.eval(script, 0), redis.multi().set('a', '1').get('a').exec()])
      expect(codes(await failureOf(work))).toEqual(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
    await redis.config('SET', 'maxmemory', '0');
    await redis.config('SET', 'min-replicas-to-write', '1');
    for (const work of [redis.set('a', '1'), redis.eval(script, 0), redis.multi().set('a', '1').get('a').exec()])
      expect(codes(await failureOf(work))).toEqual(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
    redis.disconnect();
    await server.stop();
  });

  it('says nothing of what Postgres refuses', async () => {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    expect(codes(await failureOf(client.query('SELECT 1/0')))).toEqual([undefined, undefined]);
    await client.end();
    expect(codes(new Error('Something else'))).toEqual([undefined, undefined]);
  });
});

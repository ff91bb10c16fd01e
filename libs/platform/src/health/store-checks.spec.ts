import { EVERY_CONNECTION } from '@snowflow/contracts/rpc/every-connection';
import { DurablePostgres } from '@snowflow/testing/durable-postgres';
import { eventually } from '@snowflow/testing/eventually';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { Redis } from 'ioredis';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { NotReady } from './health-options';
import { requirePostgres, requireRedis } from './store-checks';

describe('A store that answers and takes no writes', () => {
  it('makes nobody ready while Redis is full, a replica, or a master that misses its own', async () => {
    const server = await startRedis();
    const redis = new Redis(server.url);
    await requireRedis(redis);
    await redis.config('SET', 'maxmemory', '1');
    await expect(requireRedis(redis)).rejects.toEqual(new NotReady('is full: it takes no writes'));
    await redis.config('SET', 'maxmemory', '0');
    await redis.replicaof('127.0.0.1', 1);
    await expect(requireRedis(redis)).rejects.toEqual(new NotReady('is a replica: it takes no writes'));
    await redis.replicaof('NO', 'ONE');
    await redis.config('SET', 'min-replicas-to-write', '1');
    await expect(requireRedis(redis)).rejects.toEqual(
      new NotReady('is a master without the replicas it needs: it takes no writes'),
    );
    await redis.config('SET', 'min-replicas-to-write', '0');
    await requireRedis(redis);
    redis.disconnect();
    await server.stop();
  });

  it('is asked for by its name again where Redis says that it is a replica', async () => {
    const server = await startRedis();
    const [redis, operator] = [new Redis(server.url, EVERY_CONNECTION), new Redis(server.url)];
    const connected = await redis.client('ID');
    await operator.replicaof('127.0.0.1', 1);
    await expect(requireRedis(redis)).rejects.toThrow(NotReady);
    await operator.replicaof('NO', 'ONE');
    await eventually(async () => (await redis.client('ID')) !== connected);
    await requireRedis(redis);
    for (const client of [redis, operator]) client.disconnect();
    await server.stop();
  });

  it('makes nobody ready while Postgres is set so, over connections from before too', async () => {
    const postgres = await DurablePostgres.start();
    const database = new Kysely<unknown>({
      dialect: new PostgresDialect({ pool: new Pool({ connectionString: postgres.url, max: 1 }) }),
    });
    await requirePostgres(database);
    await postgres.refuseWrites();
    await eventually(() => expect(requirePostgres(database)).rejects.toEqual(new NotReady('takes no writes')));
    await postgres.takeWrites();
    await eventually(() => requirePostgres(database).then(() => true));
    await database.destroy();
    await postgres.stop();
  });
});

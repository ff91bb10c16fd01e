import { Client } from 'pg';
import { Redis } from 'ioredis';
import { startPostgres } from './ephemeral-postgres';
import { startRedis } from './ephemeral-redis';

describe('The servers that specs use', () => {
  it('are a Redis that needs its password', async () => {
    const server = await startRedis();
    const redis = new Redis(server.url);
    expect(await redis.set('key', 'value')).toBe('OK');
    redis.disconnect();
    const stranger = new URL(server.url);
    stranger.password = '';
    const unauthorised = new Redis(stranger.href, { lazyConnect: true, retryStrategy: null });
    unauthorised.on('error', () => undefined);
    await expect(unauthorised.get('key')).rejects.toThrow(/NOAUTH|Connection is closed/);
    unauthorised.disconnect();
    await server.stop();
  });

  it('are Postgres databases that know nothing of each other', async () => {
    const [one, other] = await Promise.all([startPostgres(), startPostgres()]);
    const client = new Client({ connectionString: one.url });
    await client.connect();
    await client.query('CREATE TABLE mine (id int)');
    await client.end();
    const otherClient = new Client({ connectionString: other.url });
    await otherClient.connect();
    expect((await otherClient.query("SELECT to_regclass('mine') AS found")).rows).toEqual([{ found: null }]);
    await otherClient.end();
    await Promise.all([one.stop(), other.stop()]);
  });
});

import { type Kysely, sql } from 'kysely';
import { Pool } from 'pg';
import { type EphemeralDatabase, startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { freePort } from '@snowflow/testing/free-port';
import { APP_ROLE } from './app-role';
import { migrate } from './migrate';
import { connect } from './postgres.module';
import { StoreAway } from './store-away';

describe('A Postgres that is away', () => {
  let server: EphemeralDatabase;
  let database: Kysely<unknown>;
  let owner: Pool;

  beforeAll(async () => {
    server = await startPostgres();
    await migrate({ url: server.url, schema: 'away', migrations: {} });
    database = connect({ url: server.url, applicationName: 'spec', poolSize: 2 });
    owner = new Pool({ connectionString: server.url, max: 1 });
  });
  afterAll(async () => {
    await database.destroy();
    await owner.end();
    await server.stop();
  });

  const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);

  it('is told as that where a connection ends in the middle of a transaction, and the next goes through again', async () => {
    const cut = database.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(transaction);
      await owner.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
      await sql`SELECT 1`.execute(transaction);
    });
    const error = await failure(cut);
    expect(error).toBeInstanceOf(StoreAway);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterSeconds: expect.any(Number) } });
    expect((await sql`SELECT 1 AS one`.execute(database)).rows).toEqual([{ one: 1 }]);
  });

  it('is told as that where nobody listens', async () => {
    const url = new URL(server.url);
    url.port = String(await freePort());
    const nowhere = connect({ url: url.href, applicationName: 'spec', poolSize: 1 });
    expect(await failure(sql`SELECT 1`.execute(nowhere))).toBeInstanceOf(StoreAway);
    await nowhere.destroy();
  });

  it('is told to the one of two transactions that gives way, and nothing of it is done', async () => {
    await owner.query(`CREATE TABLE away.held (id int PRIMARY KEY, by text);
      INSERT INTO away.held VALUES (1), (2);
      GRANT USAGE ON SCHEMA away TO ${APP_ROLE}; GRANT ALL ON ALL TABLES IN SCHEMA away TO ${APP_ROLE}`);
    let [waiting, together] = [2, () => {}];
    const both = new Promise<void>((resolve) => (together = resolve));
    const taking = (by: string, first: number, second: number) =>
      database.transaction().execute(async (transaction) => {
        const take = (id: number) => sql`UPDATE away.held SET by = ${by} WHERE id = ${id}`.execute(transaction);
        await take(first);
        if (--waiting === 0) together();
        await both;
        await take(second);
      });
    const ends = await Promise.all([failure(taking('one', 1, 2)), failure(taking('two', 2, 1))]);
    const gaveWay = ends.filter((end) => end !== undefined);
    expect(gaveWay).toEqual([expect.any(StoreAway)]);
    expect(gaveWay[0]).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('Nothing was done') });
    const kept = ends[0] === undefined ? 'one' : 'two';
    expect((await sql`SELECT by FROM away.held`.execute(database)).rows).toEqual([{ by: kept }, { by: kept }]);
  });

  it('is not what a statement that it refuses says', async () => {
    const error = await failure(sql`SELECT nonsense`.execute(database));
    expect(error).not.toBeInstanceOf(StoreAway);
    expect(error).toMatchObject({ code: '42703' });
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres';
import type { EmbeddedServer } from '../embedded/embedded-redis';
import { migrate } from './migrate';
import { connect } from './postgres.module';
import { TenantDatabase } from './tenant-database';
import { isolateTenants } from './tenant-policy';

const migrations = {
  '001_notes': {
    up: async (database: Kysely<unknown>) => {
      await sql`CREATE TABLE notes.note (tenant_id text NOT NULL, text text NOT NULL)`.execute(database);
      await isolateTenants(database, 'notes', 'note');
    },
  },
};
const PASSWORD = 'spec';
/** What pg_dump says and asks of a table. */
const DUMP = "SET row_security = off; SELECT string_agg(text, ',') AS texts FROM notes.note";

/** The server as an operator has it: the owner of the database may make roles and is no superuser. */
describe('A server whose owner is no superuser', () => {
  let folder: string;
  let server: EmbeddedServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backup-'));
    server = await startEmbeddedPostgres({ directory: join(folder, 'postgres'), password: PASSWORD, disposable: true });
    await ask(url('snowflow', 'postgres'), `CREATE ROLE owner LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
    for (const name of ['first', 'restored']) await superuser(`CREATE DATABASE ${name} OWNER owner`);
  });

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function url(user: string, database: string, password = PASSWORD): string {
    const address = new URL(server.url);
    Object.assign(address, { username: user, password, pathname: database });
    return address.href;
  }
  const superuser = (statement: string, database = 'postgres') => ask(url('snowflow', database), statement);
  const start = (user: string, database: string, password?: string) =>
    migrate({ url: url(user, database, password), schema: 'notes', migrations });

  /** The texts that a service sees, which works as the restricted role. */
  async function seen(user: string, database: string): Promise<string[]> {
    const service = connect<{ 'notes.note': { tenant_id: string; text: string } }>({
      url: url(user, database),
      applicationName: 'spec',
      poolSize: 1,
    });
    try {
      return await new TenantDatabase(service).transaction('ten_a', async (transaction) => {
        const rows = await transaction.selectFrom('notes.note').select('text').execute();
        return rows.map(({ text }) => text);
      });
    } finally {
      await service.destroy();
    }
  }

  it('takes no grants before the role is there, and does not start with a role that somebody else made', async () => {
    await superuser('CREATE SCHEMA notes AUTHORIZATION owner', 'restored');
    await expect(ask(url('owner', 'restored'), 'GRANT USAGE ON SCHEMA notes TO snowflow_app')).rejects.toThrow(
      'role "snowflow_app" does not exist',
    );
    await superuser('CREATE ROLE snowflow_app NOLOGIN');
    await expect(start('owner', 'restored')).rejects.toThrow('permission denied to grant role "snowflow_app"');
    await superuser('DROP ROLE snowflow_app');
  });

  it('starts with a role that its owner made beforehand, as before a restore, and serves what is there', async () => {
    await ask(url('owner', 'first'), 'CREATE ROLE snowflow_app NOLOGIN');
    await start('owner', 'first');
    await superuser("INSERT INTO notes.note VALUES ('ten_a', 'of a'), ('ten_b', 'of b')", 'first');
    expect(await seen('owner', 'first')).toEqual(['of a']);
  });

  it('refuses its owner a backup, and gives the whole to one who passes row-level security and may read everything', async () => {
    await expect(ask(url('owner', 'first'), DUMP)).rejects.toThrow(/row-level security policy for table "note"/);
    await superuser(`CREATE ROLE snowflow_backup LOGIN BYPASSRLS PASSWORD '${PASSWORD}'`);
    await superuser('GRANT pg_read_all_data TO snowflow_backup');
    expect(await ask(url('snowflow_backup', 'first'), DUMP)).toEqual([{ texts: 'of a,of b' }]);
    await expect(ask(url('snowflow_backup', 'first'), 'DELETE FROM notes.note')).rejects.toThrow(/permission denied/);
  });

  it('refuses a start by a second user, but for one who becomes the owner as it signs in', async () => {
    await superuser(`CREATE ROLE second LOGIN IN ROLE owner PASSWORD '${PASSWORD}'`);
    await expect(start('second', 'first')).rejects.toThrow('permission denied to create role');
    await superuser('ALTER ROLE second SET role = owner');
    await start('second', 'first');
    expect(await seen('second', 'first')).toEqual(['of a']);
  });

  it('keeps connections that are open while its owner gets a new password, and takes only that from then on', async () => {
    const open = new Client({ connectionString: url('owner', 'first') });
    await open.connect();
    try {
      await ask(url('owner', 'first'), "ALTER ROLE owner PASSWORD 'new'");
      expect((await open.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    } finally {
      await open.end();
    }
    await expect(start('owner', 'first')).rejects.toThrow('password authentication failed');
    await start('owner', 'first', 'new');
  });
});

async function ask(address: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    const results: unknown = await client.query(statement);
    const last = Array.isArray(results) ? (results.at(-1) as { rows: unknown[] }) : (results as { rows: unknown[] });
    return last.rows;
  } finally {
    await client.end();
  }
}

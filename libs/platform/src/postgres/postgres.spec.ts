import { Kysely, sql } from 'kysely';
import { EphemeralDatabase, startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { migrate } from './migrate';
import { connect } from './postgres.module';
import { TenantDatabase } from './tenant-database';
import { isolateTenants } from './tenant-policy';

interface Tables {
  'notes.note': { tenant_id: string; text: string };
}

const migrations = {
  '001_notes': {
    up: async (database: Kysely<unknown>) => {
      await sql`CREATE TABLE notes.note (tenant_id text NOT NULL, text text NOT NULL)`.execute(database);
      await isolateTenants(database, 'notes', 'note');
    },
  },
};

describe('Postgres', () => {
  let server: EphemeralDatabase;
  let database: Kysely<Tables>;
  let tenants: TenantDatabase<Tables>;

  beforeAll(async () => {
    server = await startPostgres();
    await Promise.all(Array.from({ length: 4 }, () => migrate({ url: server.url, schema: 'notes', migrations })));
    database = connect<Tables>({ url: server.url, applicationName: 'spec', poolSize: 3 });
    tenants = new TenantDatabase(database);
  });

  afterAll(async () => {
    await database.destroy();
    await server.stop();
  });

  const texts = (tenantId: string) =>
    tenants.transaction(tenantId, async (transaction) => {
      const rows = await transaction.selectFrom('notes.note').select('text').execute();
      return rows.map(({ text }) => text);
    });
  const add = (tenantId: string, text: string, owner = tenantId) =>
    tenants.transaction(tenantId, (transaction) =>
      transaction.insertInto('notes.note').values({ tenant_id: owner, text }).execute(),
    );

  it('migrates once although four replicas start at once, and again without doing anything', async () => {
    await migrate({ url: server.url, schema: 'notes', migrations });
    await add('ten_once', 'first');
    expect(await texts('ten_once')).toEqual(['first']);
  });

  it('says which migration failed', async () => {
    const broken = { '001_broken': { up: (db: Kysely<unknown>) => sql`SELECT nonsense`.execute(db).then(() => {}) } };
    await expect(migrate({ url: server.url, schema: 'broken', migrations: broken })).rejects.toThrow(
      'The migration 001_broken of broken failed',
    );
  });

  it('shows a tenant its own rows only', async () => {
    await add('ten_a', 'of a');
    await add('ten_b', 'of b');
    expect(await texts('ten_a')).toEqual(['of a']);
    expect(await texts('ten_b')).toEqual(['of b']);
  });

  it('shows nothing without a tenant, and a pooled connection forgets the last one', async () => {
    await add('ten_c', 'of c');
    expect(await database.selectFrom('notes.note').selectAll().execute()).toEqual([]);
    await expect(texts('')).rejects.toThrow('A tenant is needed');
  });

  it("refuses to write another tenant's row", async () => {
    await expect(add('ten_a', 'smuggled', 'ten_b')).rejects.toThrow(/row-level security/);
  });

  it('can neither switch row-level security off, nor fall back to the owner, nor read the ledger', async () => {
    await expect(sql`ALTER TABLE notes.note DISABLE ROW LEVEL SECURITY`.execute(database)).rejects.toThrow(/owner/);
    await expect(sql`SELECT * FROM notes.schema_migration`.execute(database)).rejects.toThrow(/permission denied/);
    await database.connection().execute(async (connection) => {
      await sql`RESET ROLE`.execute(connection);
      const { rows } = await sql<{ role: string }>`SELECT current_user AS role`.execute(connection);
      expect(rows).toEqual([{ role: 'snowflow_app' }]);
    });
  });
});

import { migrate } from '@snowflow/platform/postgres/migrate';
import { connect } from '@snowflow/platform/postgres/postgres.module';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { EphemeralDatabase, startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { Kysely, sql } from 'kysely';
import { TenantsRepository } from '../tenants/tenants.repository';
import { AUTH_SCHEMA, authMigrations } from './migrations';
import type { AuthTables } from './tables';

const accountOf = (locator: string) => ({ organization: 'ORG', region: 'LOCAL', locator });

describe('Tables of tenants', () => {
  let server: EphemeralDatabase;
  let database: Kysely<unknown>;

  beforeAll(async () => {
    server = await startPostgres();
    await migrate({ url: server.url, schema: AUTH_SCHEMA, migrations: authMigrations });
    database = connect({ url: server.url, applicationName: 'spec', poolSize: 4 });
  });
  afterAll(async () => {
    await database.destroy();
    await server.stop();
  });

  it('show a tenant its own rows only; spellings of accounts, which anybody looks up, tell nothing but an id', async () => {
    const { rows } = await sql<{ name: string; forced: boolean; columns: string[] }>`
      SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
        (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns
      FROM pg_class c WHERE c.relnamespace = 'auth'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE '%migration%'
    `.execute(database);
    const open = rows.filter(({ forced }) => !forced);
    expect(rows.length).toBeGreaterThan(4);
    expect(open).toEqual([{ name: 'account_aliases', forced: false, columns: ['alias', 'tenant_id'] }]);
  });

  it('lead a spelling to the account that answered last', async () => {
    const tenants = new TenantsRepository(new TenantDatabase(database), database.withTables<AuthTables>());
    expect(await tenants.findByAlias('org-connection')).toBeUndefined();
    await tenants.note('ten_a', accountOf('A'), 'org-connection');
    await tenants.note('ten_a', accountOf('A'), 'org-a');
    expect(await tenants.findByAlias('org-connection')).toBe('ten_a');
    await tenants.note('ten_b', accountOf('B'), 'org-connection');
    expect([await tenants.findByAlias('org-connection'), await tenants.findByAlias('org-a')]).toEqual([
      'ten_b',
      'ten_a',
    ]);
  });
});

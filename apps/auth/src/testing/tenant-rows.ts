import { migrate } from '@snowflow/platform/postgres/migrate';
import { connect } from '@snowflow/platform/postgres/postgres.module';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { Kysely, sql } from 'kysely';
import { AUTH_SCHEMA, authMigrations } from '../storage/migrations';

/** Auth's tables in a database of their own, with tenants in them, for specs below the service. */
export interface TenantRows {
  database: Kysely<unknown>;
  tenants: TenantDatabase;
  url: string;
  /** Removes the tenants with all that is theirs, and adds them anew. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTenantRows(tenantIds: string[]): Promise<TenantRows> {
  const server = await startPostgres();
  await migrate({ url: server.url, schema: AUTH_SCHEMA, migrations: authMigrations });
  const database = connect({ url: server.url, applicationName: 'spec', poolSize: 6 });
  const tenants = new TenantDatabase(database);
  return {
    database,
    tenants,
    url: server.url,
    async reset() {
      for (const tenantId of tenantIds) {
        await tenants.transaction(tenantId, async (transaction) => {
          await sql`DELETE FROM auth.tenants`.execute(transaction);
          await sql`INSERT INTO auth.tenants (tenant_id, organization, region, locator)
            VALUES (${tenantId}, 'ORG', 'LOCAL', ${tenantId})`.execute(transaction);
        });
      }
    },
    async stop() {
      await database.destroy();
      await server.stop();
    },
  };
}

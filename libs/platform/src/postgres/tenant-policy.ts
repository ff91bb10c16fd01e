import { Kysely, sql } from 'kysely';
import { TENANT_SETTING } from './app-role';

/**
 * For migrations: from here on a row of the table exists only for its tenant (column `tenant_id`), for reading and writing, even
 * for the table's owner. Without a tenant in the transaction no row exists.
 */
export async function isolateTenants(database: Kysely<unknown>, schema: string, table: string): Promise<void> {
  const target = sql.table(`${schema}.${table}`);
  await sql`ALTER TABLE ${target} ENABLE ROW LEVEL SECURITY`.execute(database);
  await sql`ALTER TABLE ${target} FORCE ROW LEVEL SECURITY`.execute(database);
  await sql`
    CREATE POLICY tenant_isolation ON ${target}
      USING (tenant_id = current_setting(${sql.lit(TENANT_SETTING)}, true))
      WITH CHECK (tenant_id = current_setting(${sql.lit(TENANT_SETTING)}, true))
  `.execute(database);
}

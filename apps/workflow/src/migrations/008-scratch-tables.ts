import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/**
 * The tables in which steps keep their rows. No column is called run_id: such a row goes when its table does, not with its run, or nobody
 * would know of the table.
 */
export const scratchTables: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.scratch_tables (
        tenant_id text NOT NULL,
        database_name text NOT NULL,
        schema_name text NOT NULL,
        table_name text NOT NULL,
        kept_for text NOT NULL,
        step text NOT NULL,
        owner_id text NOT NULL,
        owner_name text NOT NULL,
        context json NOT NULL,
        made_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, database_name, schema_name, table_name)
      )`.execute(db);
    await sql`CREATE INDEX scratch_tables_of_run ON workflow.scratch_tables (kept_for)`.execute(db);
    await sql`CREATE INDEX scratch_tables_of_owner ON workflow.scratch_tables (tenant_id, owner_id)`.execute(db);
    await isolateTenants(db, 'workflow', 'scratch_tables');
  },
};

import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** Templates that people made of their workflows, for everybody of the tenant. */
export const templates: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.templates (
        tenant_id text NOT NULL,
        id text PRIMARY KEY,
        maker_id text NOT NULL,
        maker_name text NOT NULL,
        name text NOT NULL,
        description text NOT NULL,
        category text NOT NULL,
        tags json NOT NULL,
        contents json NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      )`.execute(db);
    await sql`CREATE INDEX templates_by_time ON workflow.templates (tenant_id, updated_at DESC, id DESC)`.execute(db);
    await isolateTenants(db, 'workflow', 'templates');
  },
};

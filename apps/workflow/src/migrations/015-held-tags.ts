import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** The tags whose columns never leave a tenant. */
export const heldTags: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.held_tags (
        tenant_id text PRIMARY KEY,
        tags json NOT NULL,
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      )`.execute(db);
    await isolateTenants(db, 'workflow', 'held_tags');
  },
};

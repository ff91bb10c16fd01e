import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** Who saved and published a revision; with whom a workflow is shared, its tags, and the trash. */
export const lifecycle: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      ALTER TABLE workflow.workflows
        ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
        ADD COLUMN trashed_at timestamptz(3),
        ADD COLUMN created_by text`.execute(db);
    await sql`
      ALTER TABLE workflow.revisions
        ADD COLUMN author_id text,
        ADD COLUMN author_name text,
        ADD COLUMN published_at timestamptz(3),
        ADD COLUMN published_by text`.execute(db);
    await sql`
      CREATE TABLE workflow.shares (
        tenant_id text NOT NULL,
        workflow_id text NOT NULL REFERENCES workflow.workflows (id) ON DELETE CASCADE,
        shared_with text NOT NULL,
        subject text NOT NULL,
        access text NOT NULL CHECK (access IN ('view', 'run', 'edit')),
        details boolean NOT NULL,
        PRIMARY KEY (workflow_id, subject)
      )`.execute(db);
    await sql`CREATE INDEX shares_of_subject ON workflow.shares (tenant_id, subject, workflow_id)`.execute(db);
    await isolateTenants(db, 'workflow', 'shares');
    // Whose drafts are thinned out and whose trash is emptied. The owner sees all rows for as long as security is not forced on it.
    await sql`ALTER TABLE workflow.workflows NO FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`INSERT INTO workflow.tenants SELECT DISTINCT tenant_id FROM workflow.workflows ON CONFLICT DO NOTHING`.execute(
      db,
    );
    await sql`ALTER TABLE workflow.workflows FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`
      CREATE TRIGGER note_tenant AFTER INSERT ON workflow.workflows
      FOR EACH ROW EXECUTE FUNCTION workflow.note_tenant()`.execute(db);
  },
};

import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** Who agreed to run what others wrote, and to what others would publish. */
export const consents: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE workflow.revisions ADD COLUMN IF NOT EXISTS author_id text`.execute(db);
    await sql`
      CREATE TABLE workflow.consents (
        tenant_id text NOT NULL,
        user_id text NOT NULL,
        workflow_id text NOT NULL,
        revision integer NOT NULL,
        summary_hash text NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, user_id, workflow_id, revision, summary_hash)
      )`.execute(db);
    await isolateTenants(db, 'workflow', 'consents');
    await sql`
      CREATE TABLE workflow.publish_requests (
        tenant_id text NOT NULL,
        id text NOT NULL,
        workflow_id text NOT NULL,
        workflow_name text NOT NULL,
        revision integer NOT NULL,
        asked_by text NOT NULL,
        asked_by_name text NOT NULL,
        asked_at timestamptz(3) NOT NULL DEFAULT now(),
        decision text CHECK (decision IN ('approve', 'reject')),
        decided_by_name text,
        reason text,
        decided_at timestamptz(3),
        PRIMARY KEY (tenant_id, id)
      )`.execute(db);
    await sql`
      CREATE UNIQUE INDEX publish_requests_open ON workflow.publish_requests (tenant_id, workflow_id, revision)
      WHERE decision IS NULL`.execute(db);
    await isolateTenants(db, 'workflow', 'publish_requests');
  },
};

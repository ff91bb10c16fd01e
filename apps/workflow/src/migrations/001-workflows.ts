import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** Workflows, their revisions, and the replies that idempotency keys remember. */
export const workflows: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.workflows (
        tenant_id text NOT NULL,
        id text PRIMARY KEY,
        owner_id text NOT NULL,
        owner_name text NOT NULL,
        name text NOT NULL,
        revision integer NOT NULL,
        published integer,
        definition_hash text NOT NULL,
        node_count integer NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      )`.execute(db);
    await sql`CREATE INDEX workflows_of_owner ON workflow.workflows (tenant_id, owner_id, updated_at DESC, id DESC)`.execute(
      db,
    );
    // json, not jsonb: a document is answered exactly as it was saved, escapes that jsonb refuses included.
    await sql`
      CREATE TABLE workflow.revisions (
        tenant_id text NOT NULL,
        workflow_id text NOT NULL REFERENCES workflow.workflows (id) ON DELETE CASCADE,
        revision integer NOT NULL,
        definition json NOT NULL,
        definition_hash text NOT NULL,
        message text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (workflow_id, revision)
      )`.execute(db);
    await sql`
      CREATE TABLE workflow.idempotency_keys (
        tenant_id text NOT NULL,
        user_id text NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        body_hash text NOT NULL,
        reply json NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, user_id, route, key)
      )`.execute(db);
    for (const table of ['workflows', 'revisions', 'idempotency_keys']) await isolateTenants(db, 'workflow', table);
  },
};

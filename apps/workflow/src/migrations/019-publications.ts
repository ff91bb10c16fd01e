import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** Workflows that may be called by a key, each pinned to a revision, and which key called which run. */
export const publications: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.publications (
        tenant_id text NOT NULL,
        id text PRIMARY KEY,
        workflow_id text NOT NULL UNIQUE REFERENCES workflow.workflows (id) ON DELETE CASCADE,
        slug text NOT NULL,
        revision integer NOT NULL,
        credential_id text NOT NULL,
        role text NOT NULL,
        warehouse text,
        mode text NOT NULL CHECK (mode IN ('sync', 'async')),
        limits json NOT NULL,
        enabled boolean NOT NULL,
        published_by text NOT NULL,
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        UNIQUE (tenant_id, slug)
      )`.execute(db);
    await isolateTenants(db, 'workflow', 'publications');
    await sql`ALTER TABLE workflow.runs ADD COLUMN publication_id text, ADD COLUMN key_id text`.execute(db);
    await sql`CREATE INDEX runs_by_key ON workflow.runs (tenant_id, key_id, created_at) WHERE key_id IS NOT NULL`.execute(
      db,
    );
    await sql`
      CREATE INDEX runs_by_publication ON workflow.runs (tenant_id, publication_id, created_at) WHERE key_id IS NOT NULL`.execute(
      db,
    );
  },
};

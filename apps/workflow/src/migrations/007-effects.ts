import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/** What steps send to the world outside, written before it leaves; and the keys that a tenant's webhooks are signed with. */
export const effects: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.effects (
        tenant_id text NOT NULL,
        run_id text NOT NULL,
        step text NOT NULL,
        effect_key text NOT NULL,
        kind text NOT NULL,
        state text NOT NULL,
        attempts integer NOT NULL,
        sealed_target text NOT NULL,
        sealed_response text,
        at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (run_id, step)
      )`.execute(db);
    await sql`
      CREATE TABLE workflow.webhook_keys (
        tenant_id text NOT NULL,
        id text NOT NULL,
        sealed_key text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        retires_at timestamptz(3),
        PRIMARY KEY (tenant_id, id)
      )`.execute(db);
    await sql`CREATE UNIQUE INDEX webhook_keys_newest ON workflow.webhook_keys (tenant_id) WHERE retires_at IS NULL`.execute(
      db,
    );
    for (const table of ['effects', 'webhook_keys']) await isolateTenants(db, 'workflow', table);
  },
};

import { sql, type Kysely, type Migration } from 'kysely';
import { CHOOSING } from './005-queue.sql';

/**
 * The queue becomes one that is chosen from: how urgent a run is, what it takes a place of, and how many places there are, so that one
 * statement finds the next run for whoever has room. Still nothing in it but ids, times and numbers: the warehouse is a hash.
 */
export const queue: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      ALTER TABLE workflow.run_queue
        DROP COLUMN woken_at,
        ADD COLUMN queued_at timestamptz(3) NOT NULL DEFAULT now(),
        ADD COLUMN priority smallint NOT NULL DEFAULT 0,
        ADD COLUMN workflow_id text NOT NULL DEFAULT '',
        ADD COLUMN warehouse_key text NOT NULL DEFAULT '',
        ADD COLUMN tenant_places integer NOT NULL DEFAULT 64,
        ADD COLUMN workflow_places integer NOT NULL DEFAULT 32,
        ADD COLUMN warehouse_places integer NOT NULL DEFAULT 48,
        ADD COLUMN attempts integer NOT NULL DEFAULT 0,
        ADD COLUMN progress integer NOT NULL DEFAULT 0`.execute(db);
    await sql`
      CREATE INDEX run_queue_lanes
      ON workflow.run_queue (tenant_id, priority, workflow_id, warehouse_key, queued_at)`.execute(db);
    await sql`CREATE INDEX run_queue_under_way ON workflow.run_queue (tenant_id) WHERE leased_by IS NOT NULL`.execute(
      db,
    );
    await sql`CREATE INDEX run_queue_cancelled ON workflow.run_queue (run_id) WHERE cancel_requested`.execute(db);
    for (const definition of CHOOSING) await sql.raw(definition).execute(db);

    await sql`
      ALTER TABLE workflow.runs
        ADD COLUMN owner_name text NOT NULL DEFAULT '',
        ADD COLUMN trigger text NOT NULL DEFAULT 'manual'`.execute(db);
    await sql`CREATE INDEX runs_of_tenant ON workflow.runs (tenant_id, created_at)`.execute(db);
    await noteTenants(db);
  },
};

/**
 * Who has rows here: ids only, without row-level security, for who clears up after all tenants. Triggers keep it, so that no way of
 * writing forgets it.
 */
async function noteTenants(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE workflow.tenants (tenant_id text PRIMARY KEY)`.execute(db);
  await sql`
    CREATE FUNCTION workflow.note_tenant() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO workflow.tenants VALUES (NEW.tenant_id) ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$`.execute(db);
  for (const name of ['runs', 'idempotency_keys']) {
    const table = sql.id('workflow', name);
    // The owner sees rows of all tenants for as long as row-level security is not forced on it.
    await sql`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`INSERT INTO workflow.tenants SELECT DISTINCT tenant_id FROM ${table} ON CONFLICT DO NOTHING`.execute(db);
    await sql`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`
      CREATE TRIGGER note_tenant AFTER INSERT ON ${table}
      FOR EACH ROW EXECUTE FUNCTION workflow.note_tenant()`.execute(db);
  }
}

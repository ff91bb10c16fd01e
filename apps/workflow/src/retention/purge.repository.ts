import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';

/** Any number does, as long as nothing else here locks it. */
const PURGE_LOCK = 5_190_419;

/** A table of the schema whose rows name a run. */
interface PartOfRun {
  table: string;
}

/** Removes what was kept long enough; one tenant and one bounded statement at a time. */
@Injectable()
export class PurgeRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Does the work unless another replica is at it; answers whether it was done. */
  async alone(work: () => Promise<void>): Promise<boolean> {
    const client = await this.store.pool.connect();
    let broken = true;
    try {
      const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [PURGE_LOCK]);
      const isMine = rows[0]?.mine ?? false;
      try {
        if (isMine) await work();
      } finally {
        if (isMine) await client.query('SELECT pg_advisory_unlock($1)', [PURGE_LOCK]);
      }
      broken = false;
      return isMine;
    } finally {
      // The lock goes with a connection that can't give it back.
      client.release(broken);
    }
  }

  async tenants(): Promise<string[]> {
    const rows = await this.store.acrossTenants.selectFrom('workflow.tenants').select('tenant_id').execute();
    return rows.map(({ tenant_id }) => tenant_id);
  }

  /** Every table with rows of runs, as the database has them: one that is added later is not forgotten. */
  async partsOfRuns(): Promise<PartOfRun[]> {
    const { rows } = await sql<PartOfRun>`
      SELECT table_name AS "table"
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_type = 'BASE TABLE' AND table_schema = 'workflow' AND column_name = 'run_id'`.execute(
      this.store.acrossTenants,
    );
    return rows;
  }

  /** Removes up to `limit` of the tenant's runs that ended before so many days, with all their parts; answers how many. */
  async removeRuns(tenantId: string, days: number, limit: number, parts: readonly PartOfRun[]): Promise<number> {
    const removals = parts.map(
      ({ table }, index) =>
        sql`${sql.id(`part${index}`)} AS (
          DELETE FROM ${sql.id('workflow', table)} WHERE run_id IN (SELECT id FROM old))`,
    );
    const rows = await this.store.statement(
      tenantId,
      sql`
        WITH old AS (
          SELECT id FROM workflow.runs
          WHERE created_at < now() - ${days} * interval '1 day' AND finished_at < now() - ${days} * interval '1 day'
          ORDER BY created_at LIMIT ${limit}
        ), ${sql.join(removals)}
        DELETE FROM workflow.runs WHERE id IN (SELECT id FROM old) RETURNING id`,
    );
    return rows.length;
  }

  /** Removes up to `limit` of the tenant's idempotency keys that answer nothing any more. */
  async removeKeys(tenantId: string, limit: number): Promise<number> {
    const rows = await this.store.statement(
      tenantId,
      sql`
        DELETE FROM workflow.idempotency_keys WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM workflow.idempotency_keys WHERE created_at < now() - interval '24 hours' LIMIT ${limit}))
        RETURNING key`,
    );
    return rows.length;
  }

  /** Removes up to `limit` of the tenant's records of what drafting asked before so many days. */
  async removeDraftCalls(tenantId: string, days: number, limit: number): Promise<number> {
    const rows = await this.store.statement(
      tenantId,
      sql`
        DELETE FROM workflow.draft_calls WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM workflow.draft_calls WHERE at < now() - ${days} * interval '1 day' LIMIT ${limit}))
        RETURNING id`,
    );
    return rows.length;
  }

  /** Removes up to `limit` of the tenant's instants of schedules that had no run, from before so many days. */
  async removeInstants(tenantId: string, days: number, limit: number): Promise<number> {
    const rows = await this.store.statement(
      tenantId,
      sql`
        DELETE FROM workflow.schedule_instants WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM workflow.schedule_instants
          WHERE state IN ('skipped', 'refused') AND instant < now() - ${days} * interval '1 day' LIMIT ${limit}))
        RETURNING instant`,
    );
    return rows.length;
  }
}

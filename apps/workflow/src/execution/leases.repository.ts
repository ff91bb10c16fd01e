import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import type { RunNodeRow, RunRow } from '../runs/runs.repository';
import type { HeldRun, StatementChange } from './run-record.repository';
import type { StoredOutcome } from './sealed-outcome';

/** A run as its worker takes it up. */
export interface LeasedRun {
  fence: number;
  /** The how manieth lease this is since the run last got on. */
  attempts: number;
  run: RunRow;
}

/** What was written of a run before its present worker took it up. */
export interface RunPast {
  nodes: RunNodeRow[];
  statements: StatementChange[];
  outcomes: StoredOutcome[];
  hasWaited: boolean;
  /** Of its calls of models; of one that nobody heard the end of, what it might have come to. */
  modelCalls: { step: string; tokens: number }[];
  /** How long it has rested in all, its present worker's taking it up included. */
  restedMs: number;
}

/** A message or a call of a step. */
export interface LeftOutside {
  step: string;
  state: string;
  sealed_response: string | null;
}

/** What a worker got, and whether another could start a run too. */
export interface Taken {
  leases: LeasedRun[];
  more: boolean;
}

export interface Taking {
  worker: string;
  leaseMs: number;
  places: number;
  risesAfterSeconds: number;
}

type TakenRow = RunRow & { lease_fence: number; lease_attempts: number; more: boolean };

@Injectable()
export class LeasesRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Takes up the next runs, as many as there are places and runs that may start; one round trip. Each lease has a higher fence than the one before. */
  async take({ worker, leaseMs, places, risesAfterSeconds }: Taking): Promise<Taken> {
    const rows = await this.store.statementAcross(sql<TakenRow>`
      SELECT (taken.run).*, taken.lease_fence, taken.lease_attempts, taken.more
      FROM workflow.take_runs(${worker}, ${leaseMs}, ${places}, ${risesAfterSeconds}) taken`);
    const leases = rows.map(({ lease_fence: fence, lease_attempts: attempts, ...run }) => ({ fence, attempts, run }));
    return { leases, more: rows.some(({ more }) => more) };
  }

  /** Takes over runs that are to be cancelled and that no worker has: all of them, or the one that is named. */
  async takeCancelled(holder: string, leaseMs: number, limit: number, runId?: string): Promise<HeldRun[]> {
    const { rows } = await sql<HeldRun>`
      UPDATE workflow.run_queue
      SET leased_by = ${holder}, leased_until = now() + ${leaseMs} * interval '1 millisecond', fence = fence + 1
      WHERE run_id IN (
        SELECT run_id FROM workflow.run_queue
        WHERE cancel_requested AND (leased_by IS NULL OR leased_until < now())
          AND ${runId === undefined ? sql`true` : sql`run_id = ${runId}`}
        LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING run_id AS "runId", tenant_id AS "tenantId", fence`.execute(this.store.acrossTenants);
    return rows;
  }

  async find({ tenantId, runId }: HeldRun): Promise<RunRow | undefined> {
    const [run] = await this.store.statement(tenantId, sql<RunRow>`SELECT * FROM workflow.runs WHERE id = ${runId}`);
    return run;
  }

  /** From here on nobody writes the run under an older lease. */
  async shutOut({ tenantId, runId, fence }: HeldRun): Promise<void> {
    await this.store.statement(
      tenantId,
      sql`UPDATE workflow.runs SET fence = ${fence} WHERE id = ${runId} AND fence < ${fence} AND finished_at IS NULL`,
    );
  }

  /** What an earlier worker wrote of a run, or an earlier run gave it; statements from first to last. Whole only once that one is shut out. */
  async past(tenantId: string, runId: string): Promise<RunPast> {
    return this.store.transaction(tenantId, async (db) => ({
      nodes: await db.selectFrom('workflow.run_nodes').selectAll().where('run_id', '=', runId).execute(),
      statements: await db
        .selectFrom('workflow.statements')
        .select(['step', 'request_id', 'effect_key', 'query_id', 'state', 'bytes_at_most', 'outcome'])
        .where('run_id', '=', runId)
        .orderBy('sent_at')
        .execute()
        .then((rows) => rows.map((row) => ({ ...row, bytes_at_most: numberOrNull(row.bytes_at_most) }))),
      outcomes: await db
        .selectFrom('workflow.step_outcomes')
        .select(['step', 'state', 'sealed_outcome'])
        .where('run_id', '=', runId)
        .execute(),
      hasWaited:
        (await db.selectFrom('workflow.waits').select('step').where('run_id', '=', runId).limit(1).execute()).length >
        0,
      modelCalls: await db
        .selectFrom('workflow.model_calls')
        .select(['step', 'tokens'])
        .where('run_id', '=', runId)
        .execute(),
      restedMs: await this.restedMs(db, runId),
    }));
  }

  /** What steps sent and asked outside that nobody heard the end of, or whose end was not told yet. What only reads is not among it. */
  async leftOutside(tenantId: string, runId: string): Promise<LeftOutside[]> {
    return this.store.statement(
      tenantId,
      sql<LeftOutside>`
        SELECT step, state, sealed_response FROM workflow.effects
        WHERE run_id = ${runId} AND state IN ('sent', 'unknown', 'succeeded')
        UNION ALL
        SELECT step, state, NULL FROM workflow.outside_calls
        WHERE run_id = ${runId} AND state IN ('sent', 'unknown') AND kind <> 'mcp-tools' AND method <> 'GET'`,
    );
  }

  /** A run that rests and is taken up again says both. */
  private async restedMs(db: Kysely<WorkflowDatabase>, runId: string): Promise<number> {
    const { rows } = await sql<{ rested_ms: number }>`
      SELECT coalesce(sum(extract(epoch FROM coalesce(until, ${new Date()}) - at) * 1000), 0)::double precision AS rested_ms
      FROM (
        SELECT type, at, lead(at) OVER (ORDER BY seq) AS until FROM workflow.run_events
        WHERE run_id = ${runId} AND type IN ('run.waiting', 'run.started')
      ) turn WHERE type = 'run.waiting'`.execute(db);
    return rows[0]?.rested_ms ?? 0;
  }
}

/** The driver gives a bigint as text. */
const numberOrNull = (value: string | number | null) => (value === null ? null : Number(value));

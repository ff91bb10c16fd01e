import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Note } from '../audit/change-log';
import type { PageEnd } from '../database/page-cursor';
import { WorkflowStore } from '../database/workflow-store';
import type { WaitRow } from '../execution/waits.repository';

/** An approval of a run, with what tells whose it is. */
export interface Approval extends WaitRow {
  owner_id: string;
  runner: string;
  workflow_name: string | null;
  /** The run waits for it. */
  is_open: boolean;
}

@Injectable()
export class ApprovalsRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Those the tenant's runs wait for, the oldest first, after the end of a page. */
  async open(tenantId: string, after: PageEnd | undefined, limit: number): Promise<Approval[]> {
    const isAfter = after ? sql`AND (waits.began_at, ${this.place}) > (${after.at}, ${after.id})` : sql``;
    return this.store.statement(
      tenantId,
      sql<Approval>`${this.selection} AND ${this.isOpen} ${isAfter} ORDER BY waits.began_at, ${this.place} LIMIT ${limit}`,
    );
  }

  /** Decided or not, as long as its run is there. */
  async find(tenantId: string, runId: string, step: string): Promise<Approval | undefined> {
    const rows = await this.store.statement(
      tenantId,
      sql<Approval>`${this.selection} AND waits.run_id = ${runId} AND waits.step = ${step}`,
    );
    return rows[0];
  }

  /** Writes the decision and lets the run go on; answers false where it was decided before, or does not wait any more. */
  async decide(
    tenantId: string,
    runId: string,
    step: string,
    { decision, decidedBy, sealed }: { decision: 'approve' | 'reject'; decidedBy: string; sealed: string },
    note: Note<unknown>,
  ): Promise<boolean> {
    return this.store.transaction(tenantId, async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('workflow.waits')
        .set({ decision, decided_by: decidedBy, decided_at: sql`now()`, sealed_decision: sealed })
        .where('run_id', '=', runId)
        .where('step', '=', step)
        .where('decided_at', 'is', null)
        .where(this.waitsStill)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      const queued = await db
        .updateTable('workflow.run_queue')
        .set({
          // A worker that has the run is about to let it rest: it is due again at once then.
          nudged: sql`leased_by IS NOT NULL`,
          leased_until: sql`CASE WHEN leased_by IS NULL THEN now() ELSE leased_until END`,
        })
        .where('run_id', '=', runId)
        .executeTakeFirst();
      await note(db, undefined);
      return queued.numUpdatedRows > 0n;
    });
  }

  private readonly place = sql`waits.run_id || '/' || waits.step`;
  private readonly waitsStill = sql<boolean>`NOT EXISTS (
    SELECT 1 FROM workflow.step_outcomes o WHERE o.run_id = waits.run_id AND o.step = waits.step)`;
  private readonly isOpen = sql`
    waits.decided_at IS NULL AND run.finished_at IS NULL AND ${this.waitsStill}`;
  private readonly selection = sql`
    SELECT waits.*, run.owner_id, run.owner_name AS runner, workflow.name AS workflow_name, (${this.isOpen}) AS is_open
    FROM workflow.waits waits
    JOIN workflow.runs run ON run.id = waits.run_id
    LEFT JOIN workflow.workflows workflow ON workflow.id = run.workflow_id
    WHERE waits.wait_for = 'approval'`;
}

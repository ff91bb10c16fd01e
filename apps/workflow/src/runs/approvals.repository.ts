import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import type { WaitRow } from '../execution/waits.repository';

/** An approval that a run waits for, with what tells whose it is. */
export interface OpenApproval extends WaitRow {
  owner_id: string;
  runner: string;
  workflow_name: string | null;
}

/** More than an inbox can show; the oldest come first. */
const MOST = 500;

@Injectable()
export class ApprovalsRepository {
  constructor(private readonly store: WorkflowStore) {}

  async open(tenantId: string): Promise<OpenApproval[]> {
    return this.store.statement(tenantId, sql<OpenApproval>`${this.selection} ORDER BY wait.began_at LIMIT ${MOST}`);
  }

  async find(tenantId: string, runId: string, step: string): Promise<OpenApproval | undefined> {
    const rows = await this.store.statement(
      tenantId,
      sql<OpenApproval>`${this.selection} AND wait.run_id = ${runId} AND wait.step = ${step}`,
    );
    return rows[0];
  }

  /** Writes the decision and lets the run go on; answers false where it was decided before, or does not wait any more. */
  async decide(
    tenantId: string,
    runId: string,
    step: string,
    { decision, decidedBy, sealed }: { decision: 'approve' | 'reject'; decidedBy: string; sealed: string },
  ): Promise<boolean> {
    return this.store.transaction(tenantId, async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('workflow.waits')
        .set({ decision, decided_by: decidedBy, decided_at: sql`now()`, sealed_decision: sealed })
        .where('run_id', '=', runId)
        .where('step', '=', step)
        .where('decided_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      const queued = await db
        .updateTable('workflow.run_queue')
        .set({
          // A worker that has the run is about to let it rest: it is due again at once then.
          nudged: true,
          leased_until: sql`CASE WHEN leased_by IS NULL THEN now() ELSE leased_until END`,
        })
        .where('run_id', '=', runId)
        .executeTakeFirst();
      return queued.numUpdatedRows > 0n;
    });
  }

  private readonly selection = sql`
    SELECT wait.*, run.owner_id, run.owner_name AS runner, workflow.name AS workflow_name
    FROM workflow.waits wait
    JOIN workflow.runs run ON run.id = wait.run_id AND run.finished_at IS NULL
    LEFT JOIN workflow.workflows workflow ON workflow.id = run.workflow_id
    WHERE wait.wait_for = 'approval' AND wait.decided_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM workflow.step_outcomes o WHERE o.run_id = wait.run_id AND o.step = wait.step)`;
}

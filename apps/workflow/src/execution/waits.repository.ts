import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import type { WaitsTable } from '../database/workflow-database';

export type WaitRow = Selectable<WaitsTable>;

/** What steps of runs wait for, and what was decided meanwhile. */
@Injectable()
export class WaitsRepository {
  constructor(private readonly store: WorkflowStore) {}

  async find(tenantId: string, runId: string, step: string): Promise<WaitRow | undefined> {
    return this.store.transaction(tenantId, (db) =>
      db
        .selectFrom('workflow.waits')
        .selectAll()
        .where('run_id', '=', runId)
        .where('step', '=', step)
        .executeTakeFirst(),
    );
  }

  /** From here on nobody decides it; answers the wait as it is then, with the decision that came before, where one did. */
  async close(tenantId: string, runId: string, step: string): Promise<WaitRow | undefined> {
    const rows = await this.store.statement(
      tenantId,
      sql<WaitRow>`
        UPDATE workflow.waits SET decided_at = coalesce(decided_at, now())
        WHERE run_id = ${runId} AND step = ${step} RETURNING *`,
    );
    return rows[0];
  }
}

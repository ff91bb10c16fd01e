import { Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
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
}

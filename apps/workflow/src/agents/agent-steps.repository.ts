import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import type { AgentStepsTable } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';

export type AgentStepRow = Selectable<AgentStepsTable>;

/** The step of the run that is an agent. */
export interface AgentPlace {
  tenantId: string;
  runId: string;
  step: string;
}

/** What agents of runs did. */
@Injectable()
export class AgentStepsRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** In the order in which they began; of a page those after a sequence number. */
  async of(
    { tenantId, runId, step }: AgentPlace,
    { after = 0, limit = 100_000 }: { after?: number; limit?: number } = {},
  ): Promise<AgentStepRow[]> {
    return this.store.transaction(tenantId, (db) =>
      db
        .selectFrom('workflow.agent_steps')
        .selectAll()
        .where('run_id', '=', runId)
        .where('step', '=', step)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute(),
    );
  }

  /** False where another worker has the run. */
  async write(
    { tenantId, runId, step }: AgentPlace,
    fence: number,
    row: Omit<AgentStepRow, 'tenant_id' | 'run_id' | 'step'>,
  ): Promise<boolean> {
    const rows = await this.store.statement(
      tenantId,
      sql<{ place: string }>`
        INSERT INTO workflow.agent_steps
          (tenant_id, run_id, step, place, seq, kind, name, state, reads, started_at, ended_at, input_tokens, output_tokens,
            sealed_detail)
        SELECT tenant_id, run_id, ${step}, ${row.place}, ${row.seq}::integer, ${row.kind}, ${row.name}, ${row.state},
          ${row.reads}::boolean, ${row.started_at}::timestamptz, ${row.ended_at}::timestamptz, ${row.input_tokens}::integer,
          ${row.output_tokens}::integer, ${row.sealed_detail}
        FROM workflow.run_queue WHERE run_id = ${runId} AND tenant_id = ${tenantId} AND fence = ${fence}
        ON CONFLICT (run_id, step, place) DO UPDATE SET state = excluded.state, reads = excluded.reads,
          started_at = excluded.started_at, ended_at = excluded.ended_at, input_tokens = excluded.input_tokens,
          output_tokens = excluded.output_tokens, sealed_detail = excluded.sealed_detail
        RETURNING place`,
    );
    return rows.length > 0;
  }
}

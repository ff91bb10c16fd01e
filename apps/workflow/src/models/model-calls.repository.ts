import { Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';

/** The step that asks, under the lease of the worker that executes it. */
export interface AskingStep {
  tenantId: string;
  runId: string;
  step: string;
  fence: number;
}

/** What runs ask of models, in numbers: no word of it rests here. */
@Injectable()
export class ModelCallsRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Writes that a model is asked; undefined where another worker has the run. */
  async begin(at: AskingStep, model: string, tokens: number): Promise<string | undefined> {
    const id = newId('mdl');
    const rows = await this.store.statement(
      at.tenantId,
      sql<{ id: string }>`
        INSERT INTO workflow.model_calls (tenant_id, run_id, id, step, model, tokens)
        SELECT tenant_id, run_id, ${id}, ${at.step}, ${model}, ${tokens}::integer
        FROM workflow.run_queue WHERE run_id = ${at.runId} AND tenant_id = ${at.tenantId} AND fence = ${at.fence}
        RETURNING id`,
    );
    return rows[0]?.id;
  }

  async end({ tenantId, runId }: AskingStep, id: string, tokens: number): Promise<void> {
    await this.store.statement(
      tenantId,
      sql`UPDATE workflow.model_calls SET tokens = ${tokens}, ended = true WHERE run_id = ${runId} AND id = ${id}`,
    );
  }
}

import { Injectable } from '@nestjs/common';
import { NO_BUDGET, type RunBudget } from '@snowflow/contracts/sessions/tenant-limits';
import { sql, type Kysely } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';

@Injectable()
export class BudgetsRepository {
  /** No budget where none was set. */
  async find(db: Kysely<WorkflowDatabase>, workflowId: string): Promise<RunBudget> {
    const row = await db
      .selectFrom('workflow.budgets')
      .select(['max_bytes', 'max_statements', 'max_seconds', 'max_tokens'])
      .where('workflow_id', '=', workflowId)
      .executeTakeFirst();
    if (!row) return NO_BUDGET;
    const maxBytes = row.max_bytes === null ? null : Number(row.max_bytes);
    return { maxBytes, maxStatements: row.max_statements, maxSeconds: row.max_seconds, maxTokens: row.max_tokens };
  }

  async save(
    db: Kysely<WorkflowDatabase>,
    tenantId: string,
    workflowId: string,
    { maxBytes, maxStatements, maxSeconds, maxTokens }: RunBudget,
  ): Promise<void> {
    const limits = {
      max_bytes: maxBytes,
      max_statements: maxStatements,
      max_seconds: maxSeconds,
      max_tokens: maxTokens,
    };
    await db
      .insertInto('workflow.budgets')
      .values({ tenant_id: tenantId, workflow_id: workflowId, ...limits })
      .onConflict((conflict) => conflict.column('workflow_id').doUpdateSet({ ...limits, updated_at: sql<Date>`now()` }))
      .execute();
  }
}

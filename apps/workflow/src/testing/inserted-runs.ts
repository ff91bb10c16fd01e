import { newId } from '@snowflow/contracts/documents/new-id';
import type { StatementStats } from '@snowflow/contracts/connections/statement-stats.dto';
import type { RunStatus, RunTrigger } from '@snowflow/contracts/runs/run-state';
import { sql } from 'kysely';
import type { WorkflowStore } from '../database/workflow-store';

/** A run as it stands in the tables, with what it took. */
export interface InsertedRun {
  at: Date;
  status: RunStatus;
  trigger: RunTrigger;
  person: string;
  workflowId: string | null;
  revision: number | null;
  warehouse: string | null;
  statements: { state: 'sent' | 'succeeded' | 'failed' | 'absent'; stats: StatementStats | null }[];
  tokens: number[];
}

/** Writes runs as if they had been, all in one transaction; answers their ids. */
export function insertRuns(store: WorkflowStore, tenantId: string, runs: readonly InsertedRun[]): Promise<string[]> {
  return store.transaction(tenantId, async (db) => {
    const ids: string[] = [];
    for (const run of runs) {
      const id = newId('run');
      ids.push(id);
      const context = {
        role: 'ANALYST',
        secondaryRoles: 'NONE',
        warehouse: run.warehouse,
        database: null,
        schema: null,
      };
      await sql`
        INSERT INTO workflow.runs (tenant_id, id, owner_id, owner_name, trigger, session_id, correlation_id, workflow_id, revision,
          status, context, sealed_plan, last_seq, created_at)
        VALUES (${tenantId}, ${id}, ${`usr_${run.person}`}, ${run.person}, ${run.trigger}, 'ses', 'spec', ${run.workflowId},
          ${run.revision}, ${run.status}, ${JSON.stringify(context)}, '', 1, ${run.at})`.execute(db);
      for (const [index, { state, stats }] of run.statements.entries()) {
        await sql`
          INSERT INTO workflow.statements (tenant_id, run_id, step, request_id, effect_key, state, stats)
          VALUES (${tenantId}, ${id}, 's', ${`req_${index}`}, '', ${state}, ${stats && JSON.stringify(stats)})`.execute(
          db,
        );
      }
      for (const [index, tokens] of run.tokens.entries()) {
        await sql`
          INSERT INTO workflow.model_calls (tenant_id, run_id, id, step, model, tokens)
          VALUES (${tenantId}, ${id}, ${`call_${index}`}, 's', 'm', ${tokens})`.execute(db);
      }
    }
    return ids;
  });
}

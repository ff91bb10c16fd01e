import { Injectable } from '@nestjs/common';
import type { RunStatus, RunTrigger } from '@snowflow/contracts/runs/run-state';
import { type Kysely, sql } from 'kysely';
import type { PageEnd } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import type { RunRow } from '../runs/runs.repository';
import { countedRuns } from './run-figures.sql';

/** Which runs of the tenant a page shows. */
export interface TowerRunsPage {
  statuses?: RunStatus[];
  workflowId?: string;
  person?: string;
  warehouse?: string;
  from?: Date;
  to?: Date;
  after?: PageEnd;
  limit: number;
}

export interface TowerRunRow {
  id: string;
  workflow_id: string | null;
  workflow_name: string | null;
  revision: number | null;
  status: RunStatus;
  trigger: RunTrigger;
  owner_id: string;
  owner_name: string;
  role: string | null;
  warehouse: string | null;
  error_code: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  statements: string;
  bytes: string;
  credit_ms: string;
  tokens: string;
}

/** Runs of everybody. Only columns that hold no SQL and no values are read. */
@Injectable()
export class TowerRunsRepository {
  constructor(private readonly store: WorkflowStore) {}

  async list(tenantId: string, page: TowerRunsPage): Promise<TowerRunRow[]> {
    const runs = sql`
      SELECT id, workflow_id, revision, status, trigger, owner_id, owner_name, context->>'role' AS role,
        context->>'warehouse' AS warehouse, error->>'code' AS error_code, created_at, started_at, finished_at
      FROM workflow.runs WHERE ${conditionOf(page)} ORDER BY created_at DESC, id DESC LIMIT ${page.limit}`;
    return this.store.statement(
      tenantId,
      sql<TowerRunRow>`
        WITH ${countedRuns(runs)}
        SELECT counted.*, workflow.name AS workflow_name
        FROM counted LEFT JOIN workflow.workflows workflow ON workflow.id = counted.workflow_id
        ORDER BY created_at DESC, id DESC`,
    );
  }

  /** Anybody's of the tenant that the transaction is of. */
  find(db: Kysely<WorkflowDatabase>, id: string): Promise<RunRow | undefined> {
    return db.selectFrom('workflow.runs').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async workflowName(db: Kysely<WorkflowDatabase>, workflowId: string | null): Promise<string | undefined> {
    if (workflowId === null) return undefined;
    const row = await db
      .selectFrom('workflow.workflows')
      .select('name')
      .where('id', '=', workflowId)
      .executeTakeFirst();
    return row?.name;
  }
}

function conditionOf({ statuses, workflowId, person, warehouse, from, to, after }: TowerRunsPage) {
  const conditions = [
    ...(statuses ? [sql`status = ANY(${sql.val(statuses)}::text[])`] : []),
    ...(workflowId === undefined ? [] : [sql`workflow_id = ${workflowId}`]),
    ...(person === undefined ? [] : [sql`owner_id = ${person}`]),
    ...(warehouse === undefined ? [] : [sql`context->>'warehouse' = ${warehouse}`]),
    ...(from ? [sql`created_at >= ${from}`] : []),
    ...(to ? [sql`created_at < ${to}`] : []),
    ...(after ? [sql`(created_at, id) < (${after.at}, ${after.id})`] : []),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

import { Injectable } from '@nestjs/common';
import type { TableName } from '@snowflow/engine/plan/scratch-table';
import { sql, type Selectable } from 'kysely';
import type { ScratchTablesTable } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import type { RunRow } from '../runs/runs.repository';
import type { Owner } from '../workflows/workflows.repository';

export type ScratchRow = Selectable<ScratchTablesTable>;

/** One that nobody may need any more, and since when. */
export type OverdueRow = ScratchRow & { since: Date };

/** A schema that holds scratch tables. */
export interface ScratchSchema {
  database: string;
  schema: string;
}

/** What failed or was cancelled may be tried again for so long, as where results are read. */
const RETRY_HOURS = 24;
const BATCH = 100;

/** Tables with their runs; a run that was purged is none. */
const KEPT = sql`workflow.scratch_tables kept LEFT JOIN workflow.runs run ON run.id = kept.kept_for`;
/** A run that has not ended has no such moment. */
const RETRIED_UNTIL = sql`run.finished_at + ${sql.lit(RETRY_HOURS)} * interval '1 hour'`;
const IS_DUE = sql`(run.id IS NULL OR run.status = 'succeeded' OR ${RETRIED_UNTIL} < now())`;

/** Which scratch tables there are: a row is written before its table is made, and removed after it was dropped. */
@Injectable()
export class ScratchTablesRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** False where the run has ended: then nothing may be made for it. */
  async begin(run: RunRow, step: string, { database, schema, name }: TableName): Promise<boolean> {
    const rows = await this.store.statement(
      run.tenant_id,
      sql`
        INSERT INTO workflow.scratch_tables
          (tenant_id, database_name, schema_name, table_name, kept_for, step, owner_id, owner_name, context)
        SELECT run.tenant_id, ${database}, ${schema}, ${name}, run.id, ${step}, run.owner_id, run.owner_name, run.context
        FROM workflow.runs run WHERE run.id = ${run.id} AND run.finished_at IS NULL
        ON CONFLICT (tenant_id, database_name, schema_name, table_name) DO UPDATE SET made_at = now()
        RETURNING step`,
    );
    return rows.length > 0;
  }

  async isKept(tenantId: string, { database, schema, name }: TableName): Promise<boolean> {
    const rows = await this.store.statement(
      tenantId,
      sql`SELECT 1 FROM workflow.scratch_tables
        WHERE database_name = ${database} AND schema_name = ${schema} AND table_name = ${name}`,
    );
    return rows.length > 0;
  }

  /** Of one run, those that may be dropped. */
  async dueOfRun(tenantId: string, runId: string): Promise<ScratchRow[]> {
    return this.store.statement(
      tenantId,
      sql<ScratchRow>`SELECT kept.* FROM ${KEPT} WHERE kept.kept_for = ${runId} AND ${IS_DUE}`,
    );
  }

  /** Of one person, those that may be dropped; the oldest of them, where there are many. */
  async dueOfPerson({ tenantId, userId }: Owner): Promise<ScratchRow[]> {
    return this.store.statement(
      tenantId,
      sql<ScratchRow>`
        SELECT kept.* FROM ${KEPT} WHERE kept.owner_id = ${userId} AND ${IS_DUE} ORDER BY kept.made_at LIMIT ${BATCH}`,
    );
  }

  /** Of the tenant, those that should have been dropped, the oldest first. */
  async overdue(tenantId: string, limit: number): Promise<OverdueRow[]> {
    return this.store.statement(
      tenantId,
      sql<OverdueRow>`
        SELECT kept.*, coalesce(CASE WHEN run.status = 'succeeded' THEN run.finished_at ELSE ${RETRIED_UNTIL} END, kept.made_at) AS since
        FROM ${KEPT} WHERE ${IS_DUE} ORDER BY since, kept.table_name LIMIT ${limit}`,
    );
  }

  /** Where the tenant's scratch tables are, those in use too. */
  async schemas(tenantId: string): Promise<ScratchSchema[]> {
    return this.store.statement(
      tenantId,
      sql<ScratchSchema>`
        SELECT DISTINCT database_name AS database, schema_name AS schema FROM workflow.scratch_tables ORDER BY 1, 2`,
    );
  }

  async remove({ tenant_id, database_name, schema_name, table_name }: ScratchRow): Promise<void> {
    await this.store.statement(
      tenant_id,
      sql`DELETE FROM workflow.scratch_tables
        WHERE database_name = ${database_name} AND schema_name = ${schema_name} AND table_name = ${table_name}`,
    );
  }
}

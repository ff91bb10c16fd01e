import { Injectable } from '@nestjs/common';
import type { ScratchTableView, ScratchTablesView } from '@snowflow/contracts/workflow/scratch-tables.dto';
import { CurrentSession } from '../validation/current-session';
import { type OverdueRow, ScratchTablesRepository } from './scratch-tables.repository';
import { sweepTask } from './sweep-task.sql';

/** What is left waits for its turn: a list that long is swept by a task, not read. */
const MOST = 200;

/** Tells admins which scratch tables outlived their runs, and how their account can sweep by itself. */
@Injectable()
export class OverdueTablesService {
  constructor(
    private readonly session: CurrentSession,
    private readonly tables: ScratchTablesRepository,
  ) {}

  async list(): Promise<ScratchTablesView> {
    const { tenantId, context } = await this.session.requireAdmin('see the scratch tables that runs left');
    const [overdue, schemas] = await Promise.all([this.tables.overdue(tenantId, MOST), this.tables.schemas(tenantId)]);
    return {
      items: overdue.map(viewOf),
      nextCursor: null,
      tasks: schemas.map((schema) => ({ ...schema, sql: sweepTask(schema, context.warehouse) })),
    };
  }
}

function viewOf({ database_name, schema_name, table_name, kept_for, owner_name, since }: OverdueRow): ScratchTableView {
  return {
    database: database_name,
    schema: schema_name,
    name: table_name,
    runId: kept_for,
    person: owner_name,
    since: since.toISOString(),
  };
}

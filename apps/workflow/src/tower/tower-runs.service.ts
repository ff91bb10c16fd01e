import { Injectable } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { TowerRunsQuery, TowerRunView } from '@snowflow/contracts/workflow/tower.dto';
import { ChangeLog } from '../audit/change-log';
import { runNotFound } from '../database/not-found';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import { RunCancels } from '../runs/run-cancels';
import { parseMoment, parseStatuses } from '../runs/run-filters';
import { CurrentSession } from '../validation/current-session';
import { creditsOf } from './figures-view';
import { type TowerRunRow, TowerRunsRepository } from './tower-runs.repository';

/** Runs of everybody of a tenant, for those who answer for it. */
@Injectable()
export class TowerRunsService {
  constructor(
    private readonly session: CurrentSession,
    private readonly runs: TowerRunsRepository,
    private readonly cancels: RunCancels,
    private readonly changes: ChangeLog,
  ) {}

  async list({ limit = DEFAULT_PAGE_SIZE, ...query }: TowerRunsQuery): Promise<Page<TowerRunView>> {
    const { tenantId } = await this.session.requireAdmin('see what everybody runs');
    const rows = await this.runs.list(tenantId, {
      statuses: parseStatuses(query.status),
      workflowId: query.workflowId,
      person: query.person,
      warehouse: query.warehouse,
      from: parseMoment('from', query.from),
      to: parseMoment('to', query.to),
      after: parseCursor(query.cursor),
      limit: limit + 1,
    });
    return pageOf(rows, limit, ({ created_at: at, id }) => ({ at, id }), viewOf);
  }

  /** Reaches the statement as its runner's own cancel does. */
  async cancel(id: string): Promise<Done> {
    const session = await this.session.requireAdmin("cancel somebody else's run");
    await this.cancels.cancel(
      session.tenantId,
      id,
      async (db) => {
        const run = await this.runs.find(db, id);
        if (!run) throw runNotFound();
        return run;
      },
      async (db, run) => {
        const name = (await this.runs.workflowName(db, run.workflow_id)) ?? 'Unsaved workflow';
        await this.changes.byPerson(db, session, {
          action: 'run.cancelled',
          object: { kind: 'run', id, name },
          before: { status: run.status, person: run.owner_name },
        });
      },
    );
    return { done: true };
  }
}

function viewOf(row: TowerRunRow): TowerRunView {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    revision: row.revision,
    status: row.status,
    trigger: row.trigger,
    personId: row.owner_id,
    person: row.owner_name,
    role: row.role,
    warehouse: row.warehouse,
    errorCode: row.error_code,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    statements: Number(row.statements),
    bytesScanned: Number(row.bytes),
    estimatedCredits: creditsOf(row.credit_ms),
    aiTokens: Number(row.tokens),
  };
}

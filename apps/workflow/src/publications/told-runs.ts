import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import type { RunCaller } from '../runs/runs.repository';
import type { ParameterValues } from '../runs/run-parameters';
import { sealPlan } from '../runs/sealed-run';
import { SEALER } from '../sealer';
import type { Literal } from './known-publications';
import type { PublicationRow } from './publications.repository';

const EVERY_MS = 100;
/** Who can't tell of so many takes no more: the next calls become durable runs. */
const MOST_UNTOLD = 10_000;
const AT_ONCE = 500;

interface ToldRun {
  id: string;
  owner_id: string;
  owner_name: string;
  session_id: string;
  correlation_id: string;
  workflow_id: string;
  revision: number;
  context: object;
  sealed_plan: string;
  at: string;
  publication_id: string;
  key_id: string;
  nodes: string[];
}

/**
 * Runs that were answered without a worker, told in the history a moment afterwards, many at once. What a process that is killed has not
 * told yet had no effect, and is missing from the history only.
 */
@Injectable()
export class ToldRuns implements OnApplicationShutdown {
  private readonly logger = new Logger(ToldRuns.name);
  private readonly untold = new Map<string, ToldRun[]>();
  private count = 0;
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: WorkflowStore,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  get isFull(): boolean {
    return this.count >= MOST_UNTOLD;
  }

  /** Answers the id of the run. */
  add(
    row: PublicationRow,
    literal: Literal,
    parameters: ParameterValues,
    caller: RunCaller,
    correlationId: string,
  ): string {
    const id = newId('run');
    const { session, pinned } = literal;
    const runs = this.untold.get(row.tenant_id) ?? [];
    this.untold.set(row.tenant_id, runs);
    runs.push({
      id,
      owner_id: session.userId,
      owner_name: session.username,
      session_id: session.id,
      correlation_id: correlationId,
      workflow_id: row.workflow_id,
      revision: row.revision,
      context: session.context,
      sealed_plan: sealPlan(this.sealer, row.tenant_id, { ...pinned, parameters }),
      at: new Date().toISOString(),
      publication_id: caller.publicationId,
      key_id: caller.keyId,
      nodes: Object.keys(pinned.plan.stepsOf),
    });
    this.count += 1;
    this.timer ??= setTimeout(() => void this.tell(), EVERY_MS).unref();
    return id;
  }

  /** Everything that was added before stands in the history when it resolves. */
  tell(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.telling = this.telling.then(() => this.tellAll());
    return this.telling;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tell();
  }

  private async tellAll(): Promise<void> {
    for (const [tenantId, runs] of this.untold) {
      while (runs.length > 0) {
        const some = runs.slice(0, AT_ONCE);
        try {
          await this.store.statement(tenantId, insertion(tenantId, some));
        } catch (error) {
          this.logger.warn({
            msg: 'Runs could not be told',
            count: runs.length,
            reason: error instanceof Error ? error.name : '',
          });
          this.timer ??= setTimeout(() => void this.tell(), 10 * EVERY_MS).unref();
          // Those of other tenants need not wait for these.
          break;
        }
        runs.splice(0, some.length);
        this.count -= some.length;
      }
      if (runs.length === 0) this.untold.delete(tenantId);
    }
  }
}

/** A second time it changes nothing, for an answer of Postgres may get lost. */
function insertion(tenantId: string, runs: readonly ToldRun[]) {
  return sql<object>`
    WITH told AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(runs)}::json) AS t(id text, owner_id text, owner_name text, session_id text,
        correlation_id text, workflow_id text, revision integer, context json, sealed_plan text, at timestamptz,
        publication_id text, key_id text, nodes json)
    ), run AS (
      INSERT INTO workflow.runs (tenant_id, id, owner_id, owner_name, trigger, session_id, correlation_id, workflow_id, revision,
        status, context, sealed_plan, last_seq, created_at, started_at, finished_at, publication_id, key_id)
      SELECT ${tenantId}, id, owner_id, owner_name, 'published', session_id, correlation_id, workflow_id, revision,
        'succeeded', context, sealed_plan, 0, at, at, at, publication_id, key_id FROM told
      ON CONFLICT DO NOTHING
    )
    INSERT INTO workflow.run_nodes (tenant_id, run_id, node_id, step, status, started_at, finished_at, attempts)
    SELECT ${tenantId}, told.id, node, NULL, 'succeeded', told.at, told.at, 1 FROM told, json_array_elements_text(told.nodes) AS node
    ON CONFLICT DO NOTHING`;
}

import { Inject, Injectable } from '@nestjs/common';
import type { SealedHandle } from '@snowflow/contracts/catalog/catalog.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ROWS_HANDLE_PURPOSE, type RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { ResultRequest } from '@snowflow/contracts/workflow/workflow.dto';
import type { Plan, PlanStep } from '@snowflow/engine/plan/plan';
import { currentPerson } from '@snowflow/transport/request-scope';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { openOutcome, type StoredOutcome } from '../execution/sealed-outcome';
import { SEALER } from '../sealer';
import { WorkflowAccess } from '../sharing/workflow-access';
import { CurrentSession } from '../validation/current-session';
import { type RunNodeJson, type RunRow, RunsRepository } from './runs.repository';
import { isSameContext } from './same-context';
import { openPlan } from './sealed-run';

const HANDLE_LIFE_MS = 60_000;
/** Snowflake keeps a statement's result this long. */
const RESULT_LIFE_MS = 24 * 3_600_000;
const DEFAULT_ROWS = 100;

/** Decides who may read a node's rows. The rows themselves never come this way: it gives a short-lived, sealed right to fetch them. */
@Injectable()
export class ResultsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly access: WorkflowAccess,
    private readonly session: CurrentSession,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  async handle(request: ResultRequest): Promise<SealedHandle> {
    const person = currentPerson();
    const offset = parseOffset(request.cursor);
    const [run] = await this.store.statement(person.tenantId, this.runs.withNodes(person, request.id));
    if (!run) throw await this.access.notTheirs(person, request.id);
    const { plan } = openPlan(this.sealer, person.tenantId, run.sealed_plan);
    const node = ownResult(plan, run.nodes, request.nodeId);
    await this.refuseTable(run, node.step);
    const session = await this.session.require();
    if (!isSameContext(session.context, run.context)) {
      throw new AppError(
        'CONTEXT_DIFFERS',
        'Your session has another role, warehouse, database or schema than this run had. Switch back to read its rows.',
        { extensions: { context: run.context } },
      );
    }
    if (Date.now() - node.finishedAt.getTime() > RESULT_LIFE_MS) {
      throw new AppError('RESULT_EXPIRED', 'Snowflake keeps results for 24 hours. Run the workflow again.');
    }
    const handle: RowsHandle = {
      tenantId: person.tenantId,
      sessionId: person.sessionId,
      userId: person.userId,
      context: run.context,
      source: { queryId: node.queryId },
      format: request.format,
      offset,
      limit: request.limit ?? DEFAULT_ROWS,
      expiresAtMs: Date.now() + HANDLE_LIFE_MS,
    };
    return { handle: this.sealer.seal(JSON.stringify(handle), ROWS_HANDLE_PURPOSE) };
  }

  /** What made a table has no rows as its result. Only the outcome says so, which may be one of an earlier run with other settings. */
  private async refuseTable(
    { tenant_id: tenantId, id, based_on }: RunRow,
    { id: step, scratch }: PlanStep,
  ): Promise<void> {
    if (!scratch && based_on === null) return;
    const [outcome] = await this.store.statement(
      tenantId,
      sql<StoredOutcome>`
        SELECT step, state, sealed_outcome FROM workflow.step_outcomes WHERE run_id = ${id} AND step = ${step}`,
    );
    if (!outcome || !openOutcome(this.sealer, tenantId, outcome).table) return;
    throw noResult(
      'The rows of this node are kept in a scratch table for the nodes after it, not as a result. Look at one of those, or run up to this node.',
    );
  }
}

/** The finished node that ends a query, or the reason why the node that was asked for has no rows. */
function ownResult(
  plan: Plan,
  rows: RunNodeJson[],
  nodeId: string,
): { step: PlanStep; queryId: string; finishedAt: Date } {
  if (!Object.hasOwn(plan.stepsOf, nodeId)) throw new AppError('NOT_FOUND', 'The run has no such node.');
  const step = plan.steps.find(({ endsAt }) => endsAt === nodeId);
  if (step?.kind === 'write') {
    throw new AppError('NOT_FOUND', 'This node writes a table and has no result. Preview the table in the catalog.');
  }
  if (step?.kind === 'query') {
    const row = rows.find(({ node_id }) => node_id === nodeId);
    if (row?.status === 'succeeded' && row.query_id && row.finished_at) {
      return { step, queryId: row.query_id, finishedAt: new Date(row.finished_at) };
    }
    throw noResult(`This node has no result: it is ${row?.status ?? 'pending'}.`);
  }
  const holders = plan.steps.filter((one) => one.kind === 'query' && plan.stepsOf[nodeId]?.includes(one.id));
  const holder = holders[0]?.endsAt;
  throw noResult(
    holder === undefined
      ? 'This node has no result of its own.'
      : `This node is part of a larger statement. Its result is that of the node ${holder}.`,
    holder,
  );
}

function noResult(message: string, nodeId?: string): AppError {
  return new AppError('NO_OWN_RESULT', message, nodeId === undefined ? {} : { extensions: { nodeId } });
}

/** The cursor of a page of rows is the number of rows before it. */
function parseOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AppError('VALIDATION', 'The cursor is not one that a page of this result gave.', {
    errors: [{ path: 'cursor', message: 'Take it from nextCursor of the page before' }],
  });
}

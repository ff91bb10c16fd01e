import { Inject, Injectable } from '@nestjs/common';
import { ROWS_HANDLE_PURPOSE, type RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { PublishedAnswer, PublishedRunReply } from '@snowflow/contracts/workflow/publication.dto';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import type { StepOutcome } from '@snowflow/engine/run/step-outcome';
import type { OutputResponseConfig } from '@snowflow/nodes/output-response/output-response.definition';
import { sql } from 'kysely';
import { runNotFound } from '../database/not-found';
import { WorkflowStore } from '../database/workflow-store';
import { openOutcome, type StoredOutcome } from '../execution/sealed-outcome';
import type { RunRow } from '../runs/runs.repository';
import { openPlan, type PinnedPlan } from '../runs/sealed-run';
import { SEALER } from '../sealer';
import { rightOf } from '../unattended/unattended-runs';
import { UnattendedSessions } from '../unattended/unattended-sessions';
import { type KnownPublication, orderOf } from './known-publications';
import { literalAnswer } from './literal-answer';

const HANDLE_LIFE_MS = 60_000;
/** As many rows as one page of a result has at most. */
const MOST_ROWS = 10_000;

type CalledRun = RunRow & { outcomes: StoredOutcome[] };

/** What a run answers to the key that called it: the value or rows of its Response node, and nothing else of the run. */
@Injectable()
export class PublishedRunsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly sessions: UnattendedSessions,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  async get(publication: KnownPublication, keyId: string, runId: string): Promise<PublishedRunReply> {
    const { tenant_id: tenantId, id } = publication.row;
    const [run] = await this.store.statement(
      tenantId,
      sql<CalledRun>`
        SELECT run.*, (
          SELECT coalesce(json_agg(json_build_object('step', step, 'state', state, 'sealed_outcome', sealed_outcome)), '[]')
          FROM workflow.step_outcomes outcome
          WHERE outcome.run_id = run.id AND run.status = 'succeeded' AND state = 'succeeded' AND strpos(step, '/') = 0
        ) AS outcomes
        FROM workflow.runs run WHERE id = ${runId} AND key_id = ${keyId} AND publication_id = ${id}`,
    );
    if (!run) throw runNotFound();
    const { status, error } = run;
    if (status !== 'succeeded') return { runId, status, ...(error ? { code: error.code } : {}) };
    return { runId, status, answer: await this.answerOf(publication, run) };
  }

  /** Of several Response nodes that were reached, the first of the plan answers. */
  private async answerOf(publication: KnownPublication, run: CalledRun): Promise<PublishedAnswer> {
    const pinned = openPlan(this.sealer, run.tenant_id, run.sealed_plan);
    const literal = run.outcomes.length === 0 ? literalAnswer(pinned.plan) : undefined;
    if (literal) return literal;
    for (const step of pinned.plan.steps) {
      const stored = run.outcomes.find((one) => one.step === step.id);
      if (!stored || plannedNode(pinned.plan, step.endsAt).type !== 'output.response') continue;
      return this.answerOfStep(publication, run, pinned, step, openOutcome(this.sealer, run.tenant_id, stored));
    }
    return { status: 204 };
  }

  private async answerOfStep(
    publication: KnownPublication,
    run: CalledRun,
    { plan }: PinnedPlan,
    step: PlanStep,
    outcome: StepOutcome,
  ): Promise<PublishedAnswer> {
    const { status = 200, format } = plannedNode(plan, step.endsAt).config as OutputResponseConfig;
    if (step.kind === 'action') return { status, value: outcome.value ?? null };
    if (outcome.ref === undefined) return { status: 204 };
    const shape = format === 'csv' ? ('csv' as const) : ('page' as const);
    return { status, rows: { handle: await this.handleOf(publication, run, outcome.ref, shape), format: shape } };
  }

  /** Fetched as the credential's owner, in a session under the same right. */
  private handleOf(
    { row, pinned }: KnownPublication,
    run: CalledRun,
    queryId: string,
    format: 'page' | 'csv',
  ): Promise<string> {
    // Rows are read under the right that is approved now, so only those of runs under the same.
    if (run.revision !== row.revision || run.context.role !== row.role) throw expired();
    return this.sessions.within(row.tenant_id, rightOf(orderOf(row), pinned), (session) => {
      if (session.userId !== run.owner_id) throw expired();
      const handle: RowsHandle = {
        tenantId: row.tenant_id,
        sessionId: session.id,
        userId: session.userId,
        context: run.context,
        source: { queryId },
        format,
        offset: 0,
        limit: MOST_ROWS,
        expiresAtMs: Date.now() + HANDLE_LIFE_MS,
      };
      return Promise.resolve(this.sealer.seal(JSON.stringify(handle), ROWS_HANDLE_PURPOSE));
    });
  }
}

function expired(): AppError {
  return new AppError('RESULT_EXPIRED', 'Another revision or credential was published since this run. Call again.');
}

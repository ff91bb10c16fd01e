import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { RunMode, RunRequest } from '@snowflow/contracts/workflow/workflow.dto';
import type { PlanOptions } from '@snowflow/engine/plan/make-plan';
import type { Plan } from '@snowflow/engine/plan/plan';
import { planFrom } from '@snowflow/engine/plan/plan-from';
import { planSteps } from '@snowflow/engine/sql/compose-step';
import { PlanningService } from '../validation/planning.service';
import type { Owner } from '../workflows/workflows.repository';
import { EarlierRun, type Needed, type TakenOver } from './earlier-run';
import { parseMode } from './run-mode';
import { parametersOf } from './run-parameters';
import type { PinnedPlan } from './sealed-run';

/** So many rows of each relation a debug run shows. */
const DEBUG_ROWS = 100;

/** What a run executes, and what it takes over from earlier ones. */
interface PlannedRun {
  pinned: PinnedPlan;
  takesOver: TakenOver[];
  /** Of everything, also where earlier outcomes stand in for some of it. */
  whole: Plan;
}

/** The document to run, and the saved workflow that it is of. */
interface PlannedOf {
  document: WorkflowDocument;
  workflowId: string | null;
}

/** From a document and the way it was asked to run to a plan that stays as it is. */
@Injectable()
export class RunPlanning {
  constructor(
    private readonly planning: PlanningService,
    private readonly earlier: EarlierRun,
  ) {}

  /** Throws WORKFLOW_INVALID with the problems, VALIDATION for parameters and modes, and what keeps earlier outcomes from being used. */
  async plan(
    owner: Owner,
    { document, workflowId }: PlannedOf,
    context: PinnedContext,
    request: Pick<RunRequest, 'mode' | 'parameters'>,
  ): Promise<PlannedRun> {
    const mode = parseMode(request.mode);
    refuseUnknownNode(document, mode);
    const whole = await this.planning.planForRun(document, context, optionsOf(mode));
    if (!whole.plan) {
      throw new AppError('WORKFLOW_INVALID', 'The workflow has problems, so it was not run.', {
        extensions: { problems: whole.problems },
      });
    }
    const parameters = parametersOf(document.parameters, request.parameters);
    const { plan, takesOver } = await this.goingOn(owner, whole.plan, mode, context, workflowId);
    const view = plan === whole.plan ? whole.view : planSteps(plan);
    return { pinned: { plan, parameters, view, children: whole.children }, takesOver, whole: whole.plan };
  }

  /** What the new run takes over: what comes before the node it goes on from, and pinned results, which win. */
  private async goingOn(
    owner: Owner,
    whole: Plan,
    mode: RunMode,
    context: PinnedContext,
    workflowId: string | null,
  ): Promise<{ plan: Plan; takesOver: TakenOver[] }> {
    const from = typeof mode === 'object' && 'from' in mode ? mode : undefined;
    const { plan, given } = from ? planFrom(whole, from.from) : { plan: whole, given: [] };
    if (from) await this.refuseOther(owner, from.runId, context, workflowId);
    const needed = plan.steps.flatMap((planned): Needed[] => {
      const { id, settings } = planned;
      const { runId, nodeId } = settings.pinned ?? {};
      if (runId !== undefined && nodeId !== undefined) {
        return [{ planned, runId, step: nodeId, as: id, path: `nodes.${id}.config.pinned` }];
      }
      return from && given.includes(id) ? [{ planned, runId: from.runId, step: id, as: id, path: 'mode.runId' }] : [];
    });
    for (const runId of new Set(needed.map((one) => one.runId))) {
      await this.earlier.find(owner, runId, context);
      const finished = await this.earlier.finishedSteps(owner.tenantId, runId);
      const ofRun = needed.filter((one) => one.runId === runId);
      await this.earlier.check(owner.tenantId, finished, ofRun);
    }
    return { plan, takesOver: needed.map(({ runId, step, as }) => ({ runId, step, as })) };
  }

  private async refuseOther(
    owner: Owner,
    runId: string,
    context: PinnedContext,
    workflowId: string | null,
  ): Promise<void> {
    const run = await this.earlier.find(owner, runId, context);
    if (run.workflow_id === null || workflowId === null || run.workflow_id === workflowId) return;
    throw new AppError('VALIDATION', 'That run was of another workflow, so this one can’t go on from it.', {
      errors: [{ path: 'mode.runId', message: 'Name a run of this workflow' }],
    });
  }
}

function optionsOf(mode: RunMode): PlanOptions {
  if (mode === 'debug') return { debugRows: DEBUG_ROWS };
  return typeof mode === 'object' && 'to' in mode ? { to: mode.to } : {};
}

function refuseUnknownNode({ nodes }: WorkflowDocument, mode: RunMode): void {
  if (typeof mode === 'string') return;
  const [path, id] = 'to' in mode ? ['mode.to', mode.to] : ['mode.from', mode.from];
  const node = nodes.find((one) => one.id === id);
  if (node && !node.disabled) return;
  throw new AppError('VALIDATION', `The workflow has no node ${id} that could run.`, {
    errors: [{ path, message: node ? 'This node is disabled' : 'Name a node of the workflow' }],
  });
}

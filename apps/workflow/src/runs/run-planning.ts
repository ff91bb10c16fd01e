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
import { EarlierRun, TakenOver } from './earlier-run';
import { parseMode } from './run-mode';
import { parametersOf } from './run-parameters';
import type { PinnedPlan } from './sealed-run';

/** So many rows of each relation a debug run shows. */
const DEBUG_ROWS = 100;

/** What a run executes, and what it takes over from earlier ones. */
interface PlannedRun {
  pinned: PinnedPlan;
  takesOver: TakenOver[];
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
    document: WorkflowDocument,
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
    const { plan, takesOver } = await this.goingOn(owner, whole.plan, mode, context);
    const view = plan === whole.plan ? whole.view : planSteps(plan);
    return { pinned: { plan, parameters, view, children: whole.children }, takesOver };
  }

  private async goingOn(
    owner: Owner,
    whole: Plan,
    mode: RunMode,
    context: PinnedContext,
  ): Promise<{ plan: Plan; takesOver: TakenOver[] }> {
    const from = typeof mode === 'object' && 'from' in mode ? mode : undefined;
    const { plan, given } = from ? planFrom(whole, from.from) : { plan: whole, given: [] };
    if (from) {
      await this.earlier.find(owner, from.runId, context);
      await this.earlier.require(owner.tenantId, from.runId, given, 'mode.runId');
    }
    const pins = plan.steps.flatMap(({ id, settings }) => (settings.pinned ? [{ id, ...settings.pinned }] : []));
    for (const { id, runId, nodeId } of pins) {
      if (given.includes(id)) continue;
      await this.earlier.find(owner, runId, context);
      await this.earlier.require(owner.tenantId, runId, [nodeId], `nodes.${id}.config.pinned`);
    }
    return {
      plan,
      takesOver: [
        ...given.map((step) => ({ runId: from?.runId ?? '', step, as: step })),
        ...pins
          .filter(({ id }) => !given.includes(id))
          .map(({ id, runId, nodeId }) => ({ runId, step: nodeId, as: id })),
      ],
    };
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

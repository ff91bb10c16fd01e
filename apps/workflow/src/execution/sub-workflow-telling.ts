import type { PlannedFlowStep } from '@snowflow/engine/compile/flow-of-plan';
import type { StepEvents } from '@snowflow/engine/run/step-ports';
import type { PlanScope } from './plan-scope';
import type { RunSteps } from './run-step';
import { sealFailure } from './sealed-failure';
import { sealedWait } from './sealed-wait';

/**
 * What happens to the steps of a workflow inside a run: their outcomes and waits are stored, and on the page the node that calls it stands
 * for them. A failure is not kept, for the step that called may try again; that of a write is, for a write never does.
 */
export function subWorkflowEvents(
  { run: { tenant_id: tenantId }, recorder, memory, sealer }: RunSteps,
  { prefix, root }: PlanScope,
): StepEvents<PlannedFlowStep> {
  return {
    started: ({ planned }) => {
      if (root && planned.kind !== 'action') recorder.stepGoesOn(root);
    },
    waiting: async ({ planned }, wait) => {
      recorder.wait(sealedWait(sealer, tenantId, prefix + planned.id, wait));
      await recorder.flush();
    },
    finished: ({ planned }, outcome) => memory.keep(prefix + planned.id, outcome),
    failed: async ({ planned, onError }, error) => {
      if (onError === 'continue' || planned.kind !== 'write') return;
      await memory.keepFailure(prefix + planned.id, sealFailure(sealer, tenantId, error));
    },
  };
}

import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { PlanStepView } from '@snowflow/contracts/workflow/plan-step.dto';
import type { Plan } from '@snowflow/engine/plan/plan';
import type { PinnedWorkflows } from './pinned-workflow';
import type { ParameterValues } from './run-parameters';

/** What a run executes and with what, as it rests in Postgres: sealed, because parameters and SQL may hold data. */
export interface PinnedPlan {
  plan: Plan;
  parameters: ParameterValues;
  view: PlanStepView[];
  /** The workflows that it calls; absent: none. */
  children?: PinnedWorkflows;
}

/** Run-time texts are sealed for their tenant and this purpose. */
export const runBinding = (tenantId: string): string => `${tenantId}|run`;

/** Seals a pinned plan for its tenant. */
export function sealPlan(sealer: Sealer, tenantId: string, pinned: PinnedPlan): string {
  return sealer.seal(JSON.stringify(pinned), runBinding(tenantId));
}

/** Opens what `sealPlan` sealed. */
export function openPlan(sealer: Sealer, tenantId: string, sealed: string): PinnedPlan {
  return JSON.parse(sealer.open(sealed, runBinding(tenantId))) as PinnedPlan;
}

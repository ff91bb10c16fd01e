import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { PlanStepView } from '@snowflow/contracts/workflow/plan-step.dto';
import type { Plan } from '@snowflow/engine/plan/plan';
import type { PinnedWorkflows } from './pinned-workflow';
import type { ParameterValues } from './run-parameters';
import { planOfStored, type StoredPlan, storedPlan } from './stored-plan';

/** What a run executes and with what, as it rests in Postgres: sealed, because parameters and SQL may hold data. */
export interface PinnedPlan {
  plan: Plan;
  parameters: ParameterValues;
  view: PlanStepView[];
  /** The workflows that it calls; absent: none. */
  children?: PinnedWorkflows;
  /** The trace in which it was asked for. */
  traceparent?: string;
}

/** Run-time texts are sealed for their tenant and this purpose. */
export const runBinding = (tenantId: string): string => `${tenantId}|run`;

/** Texts longer than this are packed: where nodes are many they say much the same. */
const PACKED_FROM_LENGTH = 8192;
const FAST = { level: 1 };
/** No JSON begins with it. */
const PACKED = 'z';

/** A plan is shared by the runs that start within moments of each other, and none of them changes it. */
const written = new WeakMap<Plan, string>();

/** Seals a pinned plan for its tenant. */
export function sealPlan(sealer: Sealer, tenantId: string, { plan, ...pinned }: PinnedPlan): string {
  const ofPlan = written.get(plan) ?? JSON.stringify(storedPlan(plan));
  written.set(plan, ofPlan);
  const text = `{"plan":${ofPlan},${JSON.stringify(pinned).slice(1)}`;
  const packed = text.length < PACKED_FROM_LENGTH ? text : PACKED + deflateRawSync(text, FAST).toString('base64');
  return sealer.seal(packed, runBinding(tenantId));
}

/** Opens what `sealPlan` sealed. */
export function openPlan(sealer: Sealer, tenantId: string, sealed: string): PinnedPlan {
  const opened = sealer.open(sealed, runBinding(tenantId));
  const text = opened.startsWith(PACKED) ? inflateRawSync(Buffer.from(opened.slice(1), 'base64')).toString() : opened;
  const { plan, ...pinned } = JSON.parse(text) as Omit<PinnedPlan, 'plan'> & { plan: StoredPlan };
  return { plan: planOfStored(plan), ...pinned };
}

/** As openPlan, or undefined where nobody can open it any more: its key is gone. */
export function readablePlan(sealer: Sealer, tenantId: string, sealed: string): PinnedPlan | undefined {
  try {
    return openPlan(sealer, tenantId, sealed);
  } catch {
    return undefined;
  }
}

/** What stands in for a plan that nobody can open: it names the nodes that the run has told of, and nothing else. */
export const planOfNodes = (nodeIds: readonly string[]): PinnedPlan => ({
  plan: {
    version: 2,
    steps: [],
    nodes: {},
    stepsOf: Object.fromEntries(nodeIds.map((id) => [id, []])),
    parameters: [],
  },
  parameters: {},
  view: [],
});

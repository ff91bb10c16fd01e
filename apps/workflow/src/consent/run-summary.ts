import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { CalledRevisionView, RunSummary } from '@snowflow/contracts/workflow/consent.dto';
import type { Plan, PlannedNode } from '@snowflow/engine/plan/plan';
import type { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { type ActingNode, type Effects, effectsOf, mergedEffects } from '@snowflow/engine/validate/node-effects';
import { definitions } from '@snowflow/nodes/definitions';
import type { PinnedWorkflows } from '../runs/pinned-workflow';
import { fingerprint } from '../workflows/fingerprint';

/** A revision that is about to be run, with what it calls. */
export interface PlannedRevision {
  workflowId: string;
  revision: number;
  name: string;
  plan: Plan;
  children: PinnedWorkflows;
}

/** What a revision does with all that it calls, at the revisions that are pinned with it. */
export function summaryOf(of: PlannedRevision, place: PinnedContext, parser: SqlParser): RunSummary {
  const { workflowId, revision, name } = of;
  const effects = mergedEffects(everyPlan(of).map((plan) => effectsOfPlan(plan, place, parser)));
  const calls = calledBy(of.children);
  const summary = { workflowId, name, revision, ...effects, calls };
  // The revision is not part of it: who agreed to what it does is asked anew where that changes.
  return { ...summary, summaryHash: fingerprint([effects, calls]) };
}

function effectsOfPlan(plan: Plan, place: PinnedContext, parser: SqlParser): Effects {
  const nodes = Object.values(plan.nodes).filter(({ disabled }) => !disabled);
  return effectsOf(
    nodes.map((node) => acting(plan, node)),
    place,
    parser,
  );
}

function acting({ parameters }: Plan, { type, config }: PlannedNode): ActingNode {
  const definition = definitions.get(type);
  const fields = definition?.sqlFields?.(config, { inputs: {}, kinds: {}, parameters, known: undefined }) ?? [];
  return { definition, config, fields, parameters };
}

function everyPlan({ plan, children }: Pick<PlannedRevision, 'plan' | 'children'>): Plan[] {
  return [plan, ...Object.values(children).flatMap(everyPlan)];
}

function calledBy(children: PinnedWorkflows): CalledRevisionView[] {
  const all = Object.values(children).flatMap(({ workflowId, name, revision, children: deeper }) => [
    { workflowId, name, revision },
    ...calledBy(deeper),
  ]);
  const byKey = new Map(all.map((one) => [`${one.workflowId}@${one.revision}`, one]));
  return [...byKey.keys()].toSorted().flatMap((key) => byKey.get(key) ?? []);
}

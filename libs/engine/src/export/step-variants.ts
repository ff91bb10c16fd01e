import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Plan, PlanStep } from '../plan/plan';
import { stepFragment } from '../sql/compose-step';
import { isStepLive, type PortLiveness } from '../sql/liveness';

/** The way that each decided condition went, by its node; one that is not named was never asked. */
export type Ways = Readonly<Record<string, string>>;

/** A statement of a step and the ways under which it is the one; `always` where there is no other. */
export interface StepVariant {
  sql: string;
  when: readonly Ways[];
  always: boolean;
}

/** More would be a script that nobody can read. */
const MOST_WAYS = 64;
const PORTS = ['true', 'false'];

/** The statements that a step may come to, by the ways of the conditions before it. Where it is skipped it has none. */
export function variantsOf(plan: Plan, step: PlanStep, render: (fragment: SqlFragment) => string): StepVariant[] {
  const ways = waysBefore(plan, step);
  const live = ways.filter((way) => isStepLive(plan, step, wentThis(way)));
  const bySql = new Map<string, Ways[]>();
  for (const way of live) {
    const text = render(stepFragment(plan, step, wentThis(way)));
    bySql.set(text, [...(bySql.get(text) ?? []), way]);
  }
  const always = bySql.size === 1 && live.length === ways.length;
  return [...bySql].map(([sql, when]) => ({ sql, when, always }));
}

/** Whether a step depends on more conditions than a script can spell out. */
export function hasTooManyWays(plan: Plan, step: PlanStep): boolean {
  return waysBefore(plan, step).length > MOST_WAYS;
}

/** Every combination that can happen: a condition behind a dead port is not asked. */
function waysBefore(plan: Plan, step: PlanStep): Ways[] {
  let ways: Ways[] = [{}];
  for (const condition of plan.steps.filter(({ id }) => step.dependsOn.includes(id))) {
    ways = ways.flatMap((way) =>
      isStepLive(plan, condition, wentThis(way)) ? PORTS.map((port) => ({ ...way, [condition.id]: port })) : [way],
    );
    if (ways.length > MOST_WAYS) return ways;
  }
  return ways;
}

const wentThis =
  (way: Ways): PortLiveness =>
  (nodeId, port) =>
    Object.hasOwn(way, nodeId) && way[nodeId] === port;

import type { Problem } from '@snowflow/contracts/documents/problem';
import { sqlNodes } from '@snowflow/nodes/composers';
import type { Plan, PlanStep } from '../plan/plan';
import { notDeployable } from './exported';

/** The one query that a view is of: the workflow's only result, or a node that the person chose with all above it. */
export function viewedStep(plan: Plan, chosen: string | undefined): PlanStep | Problem[] {
  return chosen === undefined ? onlyResult(plan) : stepUpTo(plan, chosen);
}

function onlyResult(plan: Plan): PlanStep | Problem[] {
  const suggestion = 'Choose one relational node for the view';
  const other = plan.steps.filter(({ kind }) => kind !== 'query');
  if (other.length > 0) {
    return other.map(({ endsAt, kind }) =>
      notDeployable(endsAt, kind === 'write' ? 'A view writes no table' : 'A view has no conditions', suggestion),
    );
  }
  const [only, ...more] = plan.steps;
  if (!only) return [notDeployable(undefined, 'There is no result that a view could show')];
  if (more.length === 0) return only;
  return plan.steps.map(({ endsAt }) =>
    notDeployable(endsAt, 'A view shows one result, and there are several', suggestion),
  );
}

function stepUpTo(plan: Plan, id: string): PlanStep | Problem[] {
  const known = plan.steps.find(({ endsAt, kind }) => endsAt === id && kind === 'query');
  const holder = known ?? plan.steps.find(({ nodes }) => nodes.includes(id));
  if (!holder) return [notDeployable(id, 'A run does not execute this node, so no view can be of it')];
  const node = plan.nodes[id];
  if (!known && !sqlNodes.has(node?.type ?? ''))
    return [notDeployable(id, 'A view is of rows, which this node does not give')];
  const { members, conditions } = above(plan, id);
  if (conditions.size > 0) {
    return [...conditions].map((condition) =>
      notDeployable(condition, 'A view has no conditions, and this one is before it'),
    );
  }
  return {
    id,
    kind: 'query',
    nodes: holder.nodes.filter((member) => members.has(member)),
    endsAt: id,
    endsBecause: 'REQUESTED',
    columns: node?.columns ?? [],
    dependsOn: [],
    settings: { onError: 'fail', retry: { maxAttempts: 1, backoffMs: 0 }, materialise: false },
  };
}

function above(plan: Plan, end: string): { members: Set<string>; conditions: Set<string> } {
  const members = new Set<string>();
  const conditions = new Set<string>();
  const open = [end];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (members.has(id)) continue;
    members.add(id);
    const node = plan.nodes[id];
    if (!node || (plan.steps.some(({ id: step, kind }) => step === id && kind === 'condition') && !node.disabled)) {
      conditions.add(id);
    }
    open.push(...(node?.inputs ?? []).map(({ source }) => source));
  }
  return { members, conditions };
}

import type { Plan, PlanStep } from '@snowflow/engine/plan/plan';
import type { PinnedWorkflow } from '../runs/pinned-workflow';
import { stepAt } from './step-at';

const stepOf = (id: string, kind: PlanStep['kind']): PlanStep => ({
  id,
  kind,
  nodes: [id],
  endsAt: id,
  endsBecause: 'ACTION',
  columns: [],
  dependsOn: [],
  settings: { onError: 'fail', retry: { maxAttempts: 1, backoffMs: 0 }, materialise: false },
});
const planOf = (types: Record<string, string>): Plan => ({
  version: 2,
  steps: Object.entries(types).map(([id, type]) => stepOf(id, type === 'output.table' ? 'write' : 'action')),
  nodes: Object.fromEntries(
    Object.entries(types).map(([id, type]) => [id, { type, config: {}, inputs: [], columns: [] }]),
  ),
  stepsOf: {},
  parameters: [],
});
const called = (plan: Plan, children: PinnedWorkflow['children'] = {}): PinnedWorkflow => ({
  workflowId: 'wf',
  revision: 1,
  name: 'Called',
  plan,
  parameters: [],
  children,
});

describe('The id of a step among all steps of a run', () => {
  const inner = called(planOf({ w: 'output.table' }));
  const outer = {
    plan: planOf({ own: 'output.table', c: 'logic.workflow', m: 'logic.map', a: 'ai.agent' }),
    children: { c: inner, 'a/wf_1-2': inner, m: called(planOf({ c: 'logic.workflow' }), { c: inner }) },
  };
  const found = (id: string) => {
    const { step, root } = stepAt(outer, id) ?? {};
    return step && [step.id, step.kind, root?.id];
  };

  it('leads to it through calls and items, and to the step of the own plan that it is part of', () => {
    expect(found('own')).toEqual(['own', 'write', 'own']);
    expect(found('c/w')).toEqual(['w', 'write', 'c']);
    expect(found('m/12/c/w')).toEqual(['w', 'write', 'm']);
    expect(found('a/m1/t1/m2/t1/wf_1-2/w')).toEqual(['w', 'write', 'a']);
  });

  it('leads nowhere where there is no such step', () => {
    expect([found('other'), found('own/w'), found('m/items'), found('m/3')]).toEqual(Array(4).fill(undefined));
  });
});

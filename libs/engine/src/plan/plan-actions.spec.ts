import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { draw, type Drawn, tpch } from '../fixtures/draw';
import { tpchKnowledge } from '../fixtures/tpch-tables';
import type { Outcomes, StepOutcome } from '../run/step-outcome';
import { composeStep, hasStatement, planSteps } from '../sql/compose-step';
import { isStepLive, livePorts } from '../sql/liveness';
import { inputValueOf, stepValues } from '../sql/step-values';
import { validate } from '../validate/validate';
import { makePlan, type PlanOptions } from './make-plan';
import type { Plan } from './plan';
import { planFrom } from './plan-from';
import { planStepNamed } from './planned-node';

const RUN = 'run_0123456789abcdefghijkl';
const result = (id: string, from: string): Drawn => [id, 'output.result', { name: 'R' }, from];
const approval = (id: string, from: string, config = {}): Drawn => [
  id,
  'logic.approval',
  { approvers: ['role:FINANCE'], message: 'Go on?', ...config },
  from,
];
const wait = (id: string, from: string): Drawn => [id, 'logic.wait', { durationSeconds: 1 }, from];
const keep = (id: string, from: string, settings = {}): Drawn => [
  id,
  'shape.filter',
  { conditions: [{ column: 'N_NATIONKEY', operator: 'gt', value: 1 }], ...settings },
  from,
];
const check = (id: string, from: string): Drawn => [id, 'logic.condition', { expression: 'ROW_COUNT > 3' }, from];

function planOf(document: WorkflowDocument, options: PlanOptions = {}): Plan {
  const { problems, graph } = validate(document, tpchKnowledge(document));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!graph) throw new Error('no graph');
  // As it rests.
  return JSON.parse(JSON.stringify(makePlan(graph, options))) as Plan;
}

const shapeOf = (plan: Plan) => plan.steps.map(({ id, nodes, dependsOn }) => [id, nodes, dependsOn]);
const done = (more: Partial<StepOutcome> = {}): StepOutcome => ({ state: 'succeeded', ms: 0, ...more });
const isLive = (plan: Plan, id: string, outcomes: Outcomes) =>
  isStepLive(plan, planStepNamed(plan, id), livePorts(outcomes));

describe('A plan with actions', () => {
  it('gives an action a step that has no statement; the rows behind it come from where they come from', () => {
    const plan = planOf(
      draw(tpch('n', 'NATION'), keep('f', 'n'), approval('ask', 'f'), wait('w', 'ask.approved'), result('r', 'w')),
    );
    expect(shapeOf(plan)).toEqual([
      ['ask', ['ask'], []],
      ['w', ['w'], ['ask']],
      ['r', ['n', 'f', 'r'], ['ask', 'w']],
    ]);
    expect(plan.steps.map(hasStatement)).toEqual([false, false, true]);
    const { sql, binds } = composeStep(plan, 'r', { ask: done({ ports: ['approved'] }), w: done() });
    expect(sql).toContain('FROM "n2_f"');
    expect(sql).not.toContain('RESULT_SCAN');
    expect(binds).toEqual([1]);
  });

  it('reads what was computed once through whatever hands it on', () => {
    const plan = planOf(
      draw(
        tpch('n', 'NATION'),
        keep('f', 'n', { materialise: true }),
        approval('ask', 'f'),
        wait('w', 'ask.rejected'),
        result('r', 'w'),
      ),
    );
    expect(shapeOf(plan)).toEqual([
      ['f', ['n', 'f'], []],
      ['ask', ['ask'], ['f']],
      ['w', ['w'], ['f', 'ask']],
      ['r', ['r'], ['f', 'ask', 'w']],
    ]);
    const outcomes = { f: done({ ref: 'q1' }), ask: done({ ports: ['rejected'] }), w: done() };
    const { sql, binds } = composeStep(plan, 'r', outcomes);
    expect(sql).toMatch(/FROM TABLE\(RESULT_SCAN\(\?\)\)$/);
    expect(binds).toEqual(['q1']);
  });

  it('runs what is behind the port that an action took, through those that hand on', () => {
    const plan = planOf(
      draw(
        tpch('n', 'NATION'),
        check('c', 'n'),
        approval('ask', 'c.true'),
        wait('w', 'ask.approved'),
        result('yes', 'w'),
        result('no', 'ask.rejected'),
      ),
    );
    const live = (outcomes: Outcomes) => ['ask', 'w', 'yes', 'no'].map((id) => isLive(plan, id, outcomes));
    const c = done({ ports: ['true'] });
    expect(live({ c, ask: done({ ports: ['approved'] }), w: done() })).toEqual([true, true, true, false]);
    const skipped: StepOutcome = { state: 'skipped', ms: 0 };
    expect(live({ c, ask: done({ ports: ['rejected'] }), w: skipped })).toEqual([true, false, false, true]);
    expect(live({ c: done({ ports: ['false'] }), ask: skipped, w: skipped })).toEqual([false, false, false, false]);
    const failed: StepOutcome = { state: 'continued', ports: ['error'], ms: 0 };
    expect(live({ c, ask: failed, w: skipped })).toEqual([true, false, false, false]);
  });

  it('decides a value before whoever names it, also inside a fused statement, and binds what it was', () => {
    const plan = planOf(
      draw(
        tpch('n', 'NATION'),
        approval('ask', 'n', { form: [{ name: 'least', type: 'number' }] }),
        tpch('m', 'NATION'),
        ['f', 'shape.filter', { expression: 'N_NATIONKEY > {{ nodes.ask.least }}' }, 'm'],
        ['g', 'shape.filter', { expression: 'N_NATIONKEY < 100' }, 'f'],
        result('r', 'g'),
        result('other', 'ask.approved'),
      ),
    );
    expect(planStepNamed(plan, 'r')).toMatchObject({ nodes: ['m', 'f', 'g', 'r'], dependsOn: ['ask'] });
    const asked = done({ ports: ['rejected'], value: { least: 7, decision: 'reject' } });
    expect(composeStep(plan, 'r', { ask: asked }).binds).toEqual([7]);
    expect(composeStep(plan, 'r', { ask: { state: 'skipped', ms: 0 } }).binds).toEqual([null]);
    // Naming a value is not waiting for a branch.
    expect(isLive(plan, 'r', { ask: { state: 'skipped', ms: 0 } })).toBe(true);
  });

  it('hands a value through to whoever takes it, and an error instead of it', () => {
    const plan = planOf(
      draw(
        tpch('n', 'NATION'),
        keep('f', 'n', { onError: 'branch' }),
        approval('ask', 'f.error'),
        wait('w', 'ask.approved'),
        result('r', 'w'),
        result('s', 'f'),
      ),
    );
    const error = { code: '100038', message: 'no' };
    const outcomes: Outcomes = {
      f: { state: 'continued', ports: ['error'], value: error, ms: 0 },
      ask: done({ ports: ['approved'], value: { decision: 'approve' } }),
      w: done(),
    };
    const reaching = (id: string) => inputValueOf(plan, planStepNamed(plan, id), outcomes);
    expect([reaching('ask'), reaching('w'), reaching('r'), reaching('s')]).toEqual([error, error, error, undefined]);
    expect(composeStep(plan, 'r', outcomes).binds).toEqual([JSON.stringify(error)]);
    expect([isLive(plan, 'r', outcomes), isLive(plan, 's', outcomes)]).toEqual([true, false]);
  });

  it('gives the error of what hands on, where that is drawn from it', () => {
    const plan = planOf(
      draw(
        tpch('n', 'NATION'),
        keep('f', 'n', { onError: 'branch' }),
        approval('ask', 'f.error', { onError: 'branch' }),
        wait('w', 'ask.error'),
        result('r', 'w'),
      ),
    );
    const own = { code: 'APPROVAL_TIMED_OUT', message: 'Nobody' };
    const outcomes: Outcomes = {
      f: { state: 'continued', ports: ['error'], value: { code: 'X', message: 'no' }, ms: 0 },
      ask: { state: 'continued', ports: ['error'], value: own, ms: 0 },
      w: done(),
    };
    expect(inputValueOf(plan, planStepNamed(plan, 'r'), outcomes)).toEqual(own);
    expect(stepValues(plan, planStepNamed(plan, 'r'), outcomes, {})['nodes.ask.code']).toBe('APPROVAL_TIMED_OUT');
  });

  it('is refused where nodes name each other in a circle', () => {
    const named = (id: string, other: string, from: string) =>
      approval(id, from, { message: `{{ nodes.${other}.by }}` });
    const document = draw(tpch('n', 'NATION'), named('a', 'b', 'n'), named('b', 'a', 'n'), result('r', 'a.approved'));
    const { problems } = validate(document, tpchKnowledge(document));
    expect(problems).toMatchObject([{ code: 'CYCLE', message: expect.stringMatching(/a → b → a|b → a → b/) }]);
    const itself = draw(tpch('n', 'NATION'), named('a', 'a', 'n'), result('r', 'a.approved'));
    expect(validate(itself, tpchKnowledge(itself)).problems).toMatchObject([{ code: 'CYCLE', nodeId: 'a' }]);
  });
});

describe('A plan of a part', () => {
  const document = draw(
    tpch('n', 'NATION'),
    check('c', 'n'),
    keep('f', 'c.true', { materialise: true }),
    approval('ask', 'f'),
    result('r', 'ask.approved'),
    result('s', 'f'),
    result('t', 'c.false'),
  );

  it('up to a node: what that needs, and that as the result', () => {
    expect(shapeOf(planOf(document, { to: 'f' }))).toEqual([
      ['c', ['n', 'c'], []],
      ['f', ['n', 'f'], ['c']],
    ]);
    expect(shapeOf(planOf(document, { to: 'ask' })).at(-1)).toEqual(['ask', ['ask'], ['f']]);
    expect(planOf(document, { to: 'n' }).steps).toMatchObject([{ id: 'n', kind: 'query', result: { name: 'n' } }]);
  });

  it('from a node: that and what follows; what they read is given, and depends on nothing', () => {
    const from = (id: string) => planFrom(planOf(document), id);
    expect([shapeOf(from('ask').plan), from('ask').given]).toEqual([
      [
        ['f', ['n', 'f'], []],
        ['ask', ['ask'], ['f']],
        ['r', ['r'], ['f', 'ask']],
      ],
      ['f'],
    ]);
    expect([from('s').given, from('s').plan.stepsOf.t]).toEqual([['f'], []]);
    expect(from('f').given).toEqual(['c']);
    // What is given may read what is not: its rows keep their order, and the plan can be shown.
    const ordered = planFrom(
      planOf(
        draw(
          tpch('n', 'NATION'),
          keep('f', 'n', { materialise: true }),
          ['s', 'shape.sort', { by: [{ column: 'N_NAME' }], materialise: true }, 'f'],
          result('r', 's'),
        ),
      ),
      'r',
    );
    expect([ordered.given, ordered.plan.steps.map(({ id }) => id)]).toEqual([['s'], ['s', 'r']]);
    expect(planSteps(ordered.plan)).toHaveLength(2);
    expect(composeStep(ordered.plan, 'r', { s: done({ ref: 'q' }) }).sql).toMatch(/ORDER BY "N_NAME" ASC$/);
    // A fused node is part of several statements: all of them are run.
    expect(from('n').given).toEqual([]);
    expect(() => planFrom(planOf(document, { to: 'f' }), 's')).toThrow('is not part of any step');
  });

  it('with a pinned result: nothing that only it needed', () => {
    const pinned = { runId: RUN, nodeId: 'x' };
    const plan = planOf(
      draw(
        tpch('n', 'NATION'),
        check('c', 'n'),
        approval('ask', 'c.true'),
        keep('f', 'ask.approved', { pinned }),
        keep('g', 'f'),
        result('r', 'g'),
      ),
    );
    expect(shapeOf(plan)).toEqual([
      ['f', ['f'], []],
      ['r', ['g', 'r'], ['f']],
    ]);
    expect(plan.steps.map(hasStatement)).toEqual([false, true]);
    expect(isLive(plan, 'f', {})).toBe(true);
    expect(composeStep(plan, 'r', { f: done({ ref: 'q9' }) }).binds).toEqual(['q9', 1]);
  });

  it('for debugging: a few rows of each relation that needs no action; whole where others read the result', () => {
    const plan = planOf(
      draw(
        tpch('n', 'NATION'),
        check('c', 'n'),
        keep('f', 'c.true', { materialise: true }),
        keep('e', 'f', { onError: 'branch' }),
        keep('g', 'e'),
        approval('ask', 'g'),
        keep('behind', 'ask.approved'),
        result('r', 'behind'),
        check('aside', 'n'),
        keep('leaf', 'aside.false'),
      ),
      { debugRows: 9 },
    );
    expect(plan.steps.map(({ id, previewRows, dependsOn }) => [id, previewRows, dependsOn])).toEqual([
      ['n', 9, []],
      ['c', undefined, []],
      ['aside', undefined, []],
      ['f', undefined, ['c']],
      ['leaf', 9, ['aside']],
      ['e', undefined, ['f']],
      ['g', 9, ['e']],
    ]);
    const outcomes: Outcomes = {
      c: done({ ports: ['true'] }),
      f: done({ ref: 'qf' }),
      e: done({ ref: 'qe' }),
      aside: done({ ports: ['false'] }),
    };
    expect(composeStep(plan, 'g', outcomes)).toMatchObject({
      binds: ['qe', 1],
      sql: expect.stringMatching(/LIMIT 9$/),
    });
    expect(composeStep(plan, 'leaf', outcomes).sql).toMatch(/LIMIT 9$/);
    expect(isLive(plan, 'g', { ...outcomes, e: { state: 'continued', ports: ['error'], ms: 0 } })).toBe(false);
  });
});

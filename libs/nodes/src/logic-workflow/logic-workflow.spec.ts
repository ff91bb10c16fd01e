import { conformance } from '../kit/conformance';
import type { CheckContext, Knowledge } from '../kit/node-definition';
import { actionContext } from '../testing/action-context';
import { logicWorkflow } from './logic-workflow.definition';
import { logicWorkflowStep } from './logic-workflow.step';

conformance('logic.workflow', { folder: __dirname });

describe('logic.workflow', () => {
  const workflowId = 'wf_0000000000000000000001';
  const known: Knowledge = {
    state: 'workflow',
    name: 'Child',
    reach: 'ends',
    parameters: [
      { name: 'segment', type: 'string', optional: false },
      { name: 'least', type: 'number', optional: true },
      { name: 'day', type: 'date', optional: true },
    ],
  };
  const context: CheckContext = { inputs: {}, kinds: {}, parameters: [{ name: 'p', type: 'string' }], known };
  const problems = (parameters: object, more: Partial<CheckContext> = {}) =>
    logicWorkflow
      .check(logicWorkflow.config.parse({ workflowId, parameters }), { ...context, ...more })
      .map(({ code, path }) => [code, path]);

  it('says at the field what of its parameters is missing, unknown or of another type', () => {
    expect(problems({ segment: 'A' })).toEqual([]);
    expect(problems({})).toEqual([['INVALID_CONFIG', 'parameters.segment']]);
    expect(problems({ segment: 'A', other: 1 })).toEqual([['UNKNOWN_PARAMETER', 'parameters.other']]);
    expect(problems({ segment: 'A', least: 'many', day: '2027-02-30' })).toEqual([
      ['TYPE_MISMATCH', 'parameters.least'],
      ['TYPE_MISMATCH', 'parameters.day'],
    ]);
    expect(problems({ segment: 7, least: ' 5 ', day: '{{ value.day }}' })).toEqual([]);
  });

  it('says which of its texts name what is not there', () => {
    expect(problems({ segment: '{{ parameters.p }}' })).toEqual([]);
    expect(problems({ segment: '{{ parameters.q }}' })).toEqual([['UNKNOWN_PARAMETER', 'parameters.segment']]);
    expect(problems({ segment: '{{ item.x }}' })).toEqual([['UNKNOWN_PARAMETER', 'parameters.segment']]);
  });

  it('finds no fault with a workflow that it knows nothing of, and says what never ends', () => {
    expect(problems({ any: 1 }, { known: undefined })).toEqual([]);
    expect(problems({ any: 1 }, { known: { state: 'missing' } })).toEqual([['SOURCE_NOT_FOUND', 'workflowId']]);
    for (const reach of ['itself', 'too-deep', 'too-many'] as const) {
      expect(problems({ segment: 'A' }, { known: { ...known, reach } })).toEqual([['LOOP_UNBOUNDED', 'workflowId']]);
    }
  });

  it('gives what the workflow gave, which it called with values as they are and texts filled in', async () => {
    const run = jest.fn().mockResolvedValue({ answer: 42 });
    const config = logicWorkflow.config.parse({
      workflowId,
      parameters: {
        a: '{{ value.list }}',
        b: 'x {{ parameters.p }} {{ nodes.n.f }}',
        c: 7,
        d: '{{ value.none }}',
        e: '{{ other }}',
      },
    });
    const values = { p: 'P', 'nodes.n.f': true };
    const result = await logicWorkflowStep.run(
      config,
      actionContext({ input: { list: [1] }, values, workflows: { run } }),
    );
    expect(result).toEqual({ value: { answer: 42 } });
    expect(run).toHaveBeenCalledWith({ a: [1], b: 'x P true', c: 7, d: null, e: '{{ other }}' });
  });
});

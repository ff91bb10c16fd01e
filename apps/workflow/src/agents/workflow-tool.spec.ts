import { ScriptedModelServer } from '@snowflow/testing/scripted-model-server';
import { approval, documentOf, result, table } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';

const MODEL = 'endpoint:scripted';

describe('A workflow that is a tool of an agent', () => {
  let bench: WorkflowBench;
  let models: ScriptedModelServer;
  let runner: Person;
  let pilot: RunPilot;

  beforeAll(async () => {
    models = await ScriptedModelServer.start();
    bench = await startWorkflowBench({}, { url: models.url, key: '', models: ['scripted'] });
    runner = await bench.signIn(undefined, {}, { username: 'RUNNER' });
    pilot = new RunPilot(bench, runner);
    await bench.startWorker();
  }, 60_000);
  afterAll(async () => {
    await bench?.stop();
    await models?.stop();
  });
  beforeEach(() => void models.asked.splice(0));

  const saved = async (definition: Record<string, unknown>, over: { id?: string; revision?: number } = {}) => {
    const save = () => bench.service.get(WorkflowsService).save({ definition, ...over });
    return (await bench.as(runner, save)).id;
  };
  const agent = (tools: object[]) =>
    documentOf([{ id: 'ask', type: 'ai.agent', config: { model: MODEL, question: 'How many?', tools } }], []);
  const tool = (workflowId: string, more: object = {}) => ({ kind: 'workflow', name: 'count', workflowId, ...more });
  /** Counts the rows of a table where they are more than what its caller says. */
  const counting = (name: string) =>
    documentOf(
      [
        table('t', name),
        { id: 'f', type: 'shape.filter', config: { expression: 'N > {{ parameters.least }}' } },
        result('r'),
      ],
      ['t -> f', 'f -> r'],
      { name: 'Counting', parameters: [{ name: 'least', type: 'number', description: 'The least N' }] },
    );
  const calls = (...given: object[]) => {
    models.script = (_asked, turn) =>
      turn === 1 ? given.map((one) => ({ name: 'count', arguments: one })) : `Said ${turn}.`;
  };
  const lastTold = () => models.asked.at(-1)?.messages.at(-1)?.content;

  it('takes its parameters from the model by their types, runs as the person, and answers what it gives', async () => {
    const workflowId = await saved(counting('TOOL_A'));
    calls({ least: 5 });
    const run = await pilot.runToEnd({ definition: agent([tool(workflowId, { description: 'Counts.' })]) });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { ask: { value: { answer: 'Said 2.', calls: 1 } } } });
    expect(models.asked[0]?.tools).toMatchObject([
      {
        function: {
          name: 'count',
          parameters: { properties: { least: { type: 'number', description: 'The least N' } }, required: ['least'] },
        },
      },
    ]);
    expect(JSON.parse(lastTold() ?? '')).toEqual({ result: { rowCount: 3 } });
    expect(bench.snowflake.of('TOOL_A')).toMatchObject([{ context: { role: 'ANALYST' } }]);
  });

  it('is not run with what is none of its parameters', async () => {
    const workflowId = await saved(counting('TOOL_B'));
    calls({ least: 'many' }, { most: 1 });
    expect(await pilot.runToEnd({ definition: agent([tool(workflowId)]) })).toMatchObject({ status: 'succeeded' });
    expect(lastTold()).toContain('Wrong arguments');
    expect(bench.snowflake.of('TOOL_B')).toEqual([]);
  });

  it('goes on behind what it did when somebody has decided in it: no statement is sent twice', async () => {
    const asking = documentOf(
      [table('t', 'TOOL_C'), approval('ok', { approvers: ['user:BOSS'] }), result('r')],
      ['t -> ok', 'ok.approved -> r'],
    );
    const workflowId = await saved(asking);
    calls({});
    const runId = await pilot.start({ definition: agent([tool(workflowId)]) });
    await pilot.resting(runId);
    const boss = await bench.signIn(runner.tenantId, {}, { username: 'BOSS' });
    const nodeId = `ask/m1/t1/${workflowId}-published/ok`;
    expect(await pilot.approvalsOf(boss)).toMatchObject([{ nodeId, runner: 'RUNNER' }]);
    await pilot.decide(boss, runId, nodeId);
    expect(await pilot.ended(runId)).toMatchObject({ status: 'succeeded' });
    const sent = bench.snowflake.of('TOOL_C').map(({ sql }) => sql);
    expect(new Set(sent).size).toBe(sent.length);
    expect(models.asked).toHaveLength(2);
  });

  it('is one of several, each of which is run by its own name', async () => {
    const first = await saved(counting('TOOL_D'));
    const second = await saved(counting('TOOL_E'));
    models.script = (_asked, turn) =>
      turn === 1
        ? [
            { name: 'other', arguments: { least: 1 } },
            { name: 'count', arguments: { least: 2 } },
          ]
        : 'Both.';
    const tools = [tool(first), tool(second, { name: 'other', revision: 1 })];
    expect(await pilot.runToEnd({ definition: agent(tools) })).toMatchObject({ status: 'succeeded' });
    expect([bench.snowflake.of('TOOL_D'), bench.snowflake.of('TOOL_E')].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('tells the model why it failed', async () => {
    bench.snowflake.when('TOOL_F', (statement) => bench.snowflake.fail(statement, 'No such thing'));
    const workflowId = await saved(counting('TOOL_F'));
    calls({ least: 1 });
    expect(await pilot.runToEnd({ definition: agent([tool(workflowId)]) })).toMatchObject({ status: 'succeeded' });
    expect(lastTold()).toContain('SQL_FAILED: In “Counting”');
  });

  it('has to be there, and must not lead back to itself', async () => {
    const problems = async (workflowId: string) => {
      const definition = agent([tool(workflowId)]);
      return pilot.start({ definition }).catch((error: unknown) => error);
    };
    expect(await problems('wf_0000000000000000000000')).toMatchObject({
      code: 'WORKFLOW_INVALID',
      details: { extensions: { problems: [expect.anything(), { nodeId: 'ask', path: 'tools.0.workflowId' }] } },
    });
    const id = await saved(agent([]));
    await saved(agent([tool(id)]), { id, revision: 1 });
    expect(await problems(id)).toMatchObject({
      details: {
        extensions: { problems: [expect.anything(), { code: 'LOOP_UNBOUNDED', path: 'tools.0.workflowId' }] },
      },
    });
  });
});

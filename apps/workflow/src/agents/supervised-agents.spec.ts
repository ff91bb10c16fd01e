import { ScriptedModelServer, type ScriptedReply } from '@snowflow/testing/scripted-model-server';
import { documentOf } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { AgentTraceService } from './agent-trace.service';

const MODEL = 'endpoint:scripted';
const NAMES = ['north', 'south', 'east'];

describe('Three agents under a supervisor', () => {
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

  const supervised = (more: object = {}, ofAgent: (name: string) => object = () => ({})) => {
    const agents = NAMES.map((name) => ({
      name,
      description: name,
      model: MODEL,
      instructions: `You are ${name}.`,
      tools: [{ kind: 'sql', name: 'orders' }],
      ...ofAgent(name),
    }));
    const config = { model: MODEL, question: 'How is it?', instructions: 'Lead.', agents, ...more };
    return documentOf([{ id: 'ask', type: 'ai.supervisor', config }], []);
  };
  /** The supervisor asks all three in its first turn; what each of them says is said by its name. */
  const script = (said: (name: string, turn: number) => ScriptedReply | Promise<ScriptedReply>, end = 'Heard.') => {
    models.script = ({ messages }, turn) => {
      const name = NAMES.find((one) => messages[0]?.content?.startsWith(`You are ${one}.`));
      if (name) return said(name, turn);
      return turn === 1 ? NAMES.map((one) => ({ name: `delegate_to_${one}`, arguments: { task: 'Look' } })) : end;
    };
  };
  const query = (name: string) => [{ name: 'orders', arguments: { statement: `SELECT N FROM ${name.toUpperCase()}` } }];
  const told = () =>
    models.asked.at(-1)?.messages.flatMap(({ role, content }) => (role === 'tool' && content ? [content] : [])) ?? [];
  const traceOf = async (id: string) =>
    (await bench.as(runner, () => bench.service.get(AgentTraceService).page({ id, nodeId: 'ask' }))).items;

  it('work at once: each begins before any has ended, and their steps stand below their delegations', async () => {
    const begun = new Set<string>();
    let all: () => void = () => undefined;
    const together = new Promise<void>((resolve) => (all = resolve));
    script(async (name, turn) => {
      begun.add(name);
      if (begun.size === NAMES.length) all();
      await together;
      return turn === 1 ? query(name) : `${name} is quiet`;
    });
    const run = await pilot.runToEnd({ definition: supervised() });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { ask: { value: { answer: 'Heard.', calls: 3 } } } });
    expect(told()).toEqual(NAMES.map((name) => `{"result":"${name} is quiet"}`));
    expect(NAMES.map((name) => bench.snowflake.of(name.toUpperCase()).length)).toEqual([1, 1, 1]);
    const trace = await traceOf(run.id);
    const delegations = trace.filter(({ kind }) => kind === 'delegation');
    const moment = (at: string | null) => Date.parse(at ?? '');
    const lastBegun = Math.max(...delegations.map(({ startedAt }) => moment(startedAt)));
    expect(lastBegun).toBeLessThanOrEqual(Math.min(...delegations.map(({ endedAt }) => moment(endedAt))));
    for (const { place } of delegations) {
      const below = trace.filter((step) => step.place.startsWith(`${place}/`)).map((step) => step.place);
      expect(below.sort()).toEqual(['m1', 'm1/t1', 'm2'].map((step) => `${place}/${step}`));
    }
  });

  it('go on without one that fails, of which the supervisor is told', async () => {
    script((name) => (name === 'south' ? query(name) : `${name} is quiet`));
    const definition = supervised({}, (name) => (name === 'south' ? { maxSteps: 2, onError: 'tell' } : {}));
    const run = await pilot.runToEnd({ definition });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { ask: { value: { answer: 'Heard.' } } } });
    expect(told()).toEqual([
      '{"result":"north is quiet"}',
      expect.stringMatching(/^\{"error":"AGENT_LIMIT: .*maxSteps/),
      '{"result":"east is quiet"}',
    ]);
    const states = (await traceOf(run.id)).filter(({ kind }) => kind === 'delegation').map(({ state }) => state);
    expect(states).toEqual(['succeeded', 'failed', 'succeeded']);
  });

  it('fail with one whose failure is to fail them, and the supervisor says nothing more', async () => {
    script((name) => (name === 'south' ? query(name) : `${name} is quiet`));
    const definition = supervised({}, (name) => (name === 'south' ? { maxSteps: 2, onError: 'fail' } : {}));
    const run = await pilot.runToEnd({ definition });
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'AGENT_LIMIT', nodeId: 'ask', message: expect.stringContaining('south') },
    });
    expect(models.asked.filter(({ messages }) => messages[0]?.content?.startsWith('Lead.'))).toHaveLength(1);
  });

  it('are held by how many delegations there may be: the one that passes that is not made', async () => {
    script((name) => `${name} is quiet`);
    const few = await pilot.runToEnd({ definition: supervised({ maxDelegations: 2 }) });
    expect(few).toMatchObject({ status: 'failed', error: { code: 'AGENT_LIMIT' } });
    expect(models.asked.filter(({ messages }) => messages[0]?.content?.startsWith('You are')).length).toBeLessThan(3);
  });
});

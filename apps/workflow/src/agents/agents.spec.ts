import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { INestApplicationContext } from '@nestjs/common';
import { ScriptedModelServer } from '@snowflow/testing/scripted-model-server';
import { eventually } from '@snowflow/testing/eventually';
import { McpToolsServer } from '@snowflow/testing/mcp-tools-server';
import { WebhookReceiver } from '@snowflow/testing/webhook-receiver';
import { OutsideHostsRepository } from '../outside/outside-hosts.repository';
import { documentOf } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { AgentStepsRepository } from './agent-steps.repository';
import { AgentTraceService } from './agent-trace.service';

// Leases have to run out here.
jest.setTimeout(30_000);

const MODEL = 'endpoint:scripted';
const sql = (statement: string) => [{ name: 'orders', arguments: { statement } }];

describe('An agent in a run', () => {
  let bench: WorkflowBench;
  let models: ScriptedModelServer;
  let outside: WebhookReceiver;
  let mcp: McpToolsServer;
  let runner: Person;
  let pilot: RunPilot;
  let worker: INestApplicationContext;
  const startWorker = (name: string) =>
    bench.startWorker({ name }, { egressHosts: ['127.0.0.1'], privateHosts: ['127.0.0.1'] });

  beforeAll(async () => {
    [models, outside, mcp] = await Promise.all([
      ScriptedModelServer.start(),
      WebhookReceiver.start(),
      McpToolsServer.start(),
    ]);
    bench = await startWorkflowBench({}, { url: models.url, key: '', models: ['scripted'] });
    runner = await bench.signIn(undefined, {}, { username: 'RUNNER' });
    pilot = new RunPilot(bench, runner);
    worker = await startWorker('first');
    await worker.get(OutsideHostsRepository).save(runner.tenantId, [{ host: '127.0.0.1' }], async () => undefined);
  }, 60_000);
  afterAll(async () => {
    await bench?.stop();
    await Promise.all([models?.stop(), outside?.stop(), mcp?.stop()]);
  });
  beforeEach(() => void models.asked.splice(0));

  const agent = (config: object) =>
    documentOf([{ id: 'ask', type: 'ai.agent', config: { model: MODEL, question: 'How many?', ...config } }], []);
  const orders = (more: object = {}) => ({ kind: 'sql', name: 'orders', ...more });
  const traceOf = async (runId: string) => {
    const rows = await worker.get(AgentStepsRepository).of({ tenantId: runner.tenantId, runId, step: 'ask' });
    return Object.fromEntries(rows.map(({ place, kind, name, state }) => [place, `${kind} ${name} ${state}`]));
  };

  it('runs the SELECT of its model as its person, shows it the rows, and passes the answer on', async () => {
    bench.rows.of('CUSTOMER_7', [{ NAME: 'canary-row-value' }]);
    models.script = (_asked, turn) => (turn === 1 ? sql('SELECT NAME FROM CUSTOMER_7') : 'canary-answer');
    const run = await pilot.runToEnd({ definition: agent({ tools: [orders()] }) });
    expect(run).toMatchObject({
      status: 'succeeded',
      nodes: { ask: { value: { answer: 'canary-answer', steps: 2 } } },
    });
    expect(models.asked[1]?.messages.at(-1)?.content).toContain('canary-row-value');
    const [statement] = bench.snowflake.of('CUSTOMER_7');
    expect(statement).toMatchObject({ sql: 'SELECT NAME FROM CUSTOMER_7', context: { role: 'ANALYST' } });
    expect(await traceOf(run.id)).toEqual({
      m1: `model ${MODEL} succeeded`,
      'm1/t1': 'tool orders succeeded',
      m2: `model ${MODEL} succeeded`,
    });
    expect(await bench.everythingAtRest()).not.toMatch(/canary-row-value|canary-answer/);
  });

  it('shows its trace, values included, to who ran it, page by page, and to nobody else', async () => {
    models.script = (_asked, turn) => (turn === 1 ? sql('SELECT 1') : 'One.');
    const { id } = await pilot.runToEnd({ definition: agent({ tools: [orders()] }) });
    const trace = bench.service.get(AgentTraceService);
    const read = (who: Person, more = {}) => bench.as(who, () => trace.page({ id, nodeId: 'ask', ...more }));
    const { items, next } = await read(runner);
    expect(next).toBeNull();
    expect(items.map(({ place, parent }) => [place, parent])).toEqual([
      ['m1', null],
      ['m1/t1', 'm1'],
      ['m2', null],
    ]);
    expect(items[1]).toMatchObject({ kind: 'tool', asked: { statement: 'SELECT 1' }, answered: { rowCount: 3 } });
    expect(items[2]).toMatchObject({ inputTokens: 20, outputTokens: 10, answered: { text: 'One.' } });
    expect(await read(runner, { after: 1, limit: 1 })).toMatchObject({ items: [{ place: 'm1/t1' }], next: 2 });
    for (const stranger of [await bench.signIn(), await bench.signIn(runner.tenantId)]) {
      await expect(read(stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('tells its model of a statement that would write, and sends none', async () => {
    models.script = (_asked, turn) => (turn === 1 ? sql('DELETE FROM CUSTOMER_8') : 'I may not.');
    const run = await pilot.runToEnd({ definition: agent({ tools: [orders()] }) });
    expect(run).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.of('CUSTOMER_8')).toEqual([]);
    expect(models.asked[1]?.messages.at(-1)?.content).toContain('Start with SELECT');
  });

  it('sends no statement that names what the tenant does not allow, or what hides what it reads', async () => {
    const policies = new TenantPoliciesStore(bench.service.get(REDIS));
    await policies.save(runner.tenantId, { ...NO_POLICIES, version: 1, databases: ['DEMO'] });
    for (const statement of ['SELECT DEMO.S.F(N) FROM CUSTOMER_11', 'SELECT N FROM SECRET.S.CUSTOMER_11']) {
      models.script = (_asked, turn) => (turn === 1 ? sql(statement) : 'I may not.');
      await pilot.runToEnd({ definition: agent({ tools: [orders()] }) });
    }
    await policies.save(runner.tenantId, { ...NO_POLICIES, version: 2 });
    expect(bench.snowflake.of('CUSTOMER_11')).toEqual([]);
  });

  it('goes on in another worker behind the last call that ended: nothing is asked or sent twice', async () => {
    let isThere = false;
    let answered: (text: string) => void = () => undefined;
    models.script = (_asked, turn) => {
      if (turn === 1) return sql('SELECT N FROM CUSTOMER_9');
      isThere = true;
      return new Promise((resolve) => (answered = resolve));
    };
    const runId = await pilot.start({ definition: agent({ tools: [orders()] }) });
    await eventually(() => isThere);
    const silent = worker;
    await pilot.silence(silent, runId);
    models.script = () => 'Nine.';
    worker = await startWorker('second');
    const run = await pilot.ended(runId);
    answered('Late.');
    await silent.close();
    expect(run).toMatchObject({
      status: 'succeeded',
      nodes: { ask: { value: { answer: 'Nine.', steps: 2, calls: 1 } } },
    });
    expect(models.asked).toHaveLength(3);
    expect(bench.snowflake.of('CUSTOMER_9')).toHaveLength(1);
    expect(Object.keys(await traceOf(runId))).toEqual(['m1', 'm1/t1', 'm2']);
  });

  it('waits for a person before data leaves, and sends what was approved once', async () => {
    const notes = { kind: 'http', name: 'notes', method: 'POST', url: outside.url('notes') };
    models.script = (_asked, turn) =>
      turn === 1 ? sql('SELECT 1') : turn === 2 ? [{ name: 'notes', arguments: { body: { n: 1 } } }] : 'Noted.';
    const runId = await pilot.start({ definition: agent({ tools: [orders(), notes] }) });
    await pilot.resting(runId);
    expect(outside.of('notes')).toEqual([]);
    const [asked] = await pilot.approvalsOf(runner);
    expect(asked).toMatchObject({ nodeId: 'ask/m2/t1', show: [{ label: 'body', value: '{"n":1}' }] });
    await pilot.decide(runner, runId, 'ask/m2/t1');
    expect(await pilot.ended(runId)).toMatchObject({
      status: 'succeeded',
      nodes: { ask: { value: { answer: 'Noted.' } } },
    });
    expect(outside.of('notes').map(({ body }) => body)).toEqual(['{"n":1}']);
    expect(models.asked).toHaveLength(3);
    expect(await traceOf(runId)).toMatchObject({
      'm2/t1': 'tool notes succeeded',
      'm2/t1/approval': 'approval notes succeeded',
    });
  });

  it('asks Analyst and Search of Cortex, and runs the SQL that is answered under the same rules', async () => {
    const over = { database: 'DEMO', schema: 'PUBLIC', source: 'SALES' };
    let answered = 'SELECT SUM(N) FROM SALES_ROWS';
    bench.snowflake.cortex = ({ service }) =>
      service === 'search'
        ? { results: [{ TEXT: 'found-it' }] }
        : { message: { content: [{ type: 'sql', statement: answered }] } };
    models.script = (_asked, turn) =>
      turn === 1
        ? [
            { name: 'sales', arguments: { question: 'How much?' } },
            { name: 'docs', arguments: { query: 'late' } },
          ]
        : 'So much.';
    const tools = [
      { kind: 'analyst', name: 'sales', ...over },
      { kind: 'search', name: 'docs', ...over, columns: ['TEXT'] },
    ];
    const told = async () => {
      await pilot.runToEnd({ definition: agent({ tools }) });
      return models.asked
        .at(-1)
        ?.messages.map(({ content }) => content)
        .join('\n');
    };
    expect(await told()).toMatch(/SUM\(N\)[^]*found-it/);
    expect(bench.snowflake.of('SALES_ROWS')).toHaveLength(1);
    answered = 'DELETE FROM SALES_ROWS';
    expect(await told()).toContain('Start with SELECT');
    expect(bench.snowflake.of('DELETE')).toEqual([]);
  });

  it('calls tools of an MCP server that the tenant lets have data without asking anybody, once', async () => {
    await worker
      .get(OutsideHostsRepository)
      .save(runner.tenantId, [{ host: '127.0.0.1', dataAllowed: true }], async () => undefined);
    const tickets = { kind: 'mcp', name: 'tickets', url: mcp.url };
    models.script = (_asked, turn) =>
      turn === 1 ? sql('SELECT 1') : turn === 2 ? [{ name: 'tickets_search', arguments: { query: 'late' } }] : 'Found.';
    const run = await pilot.runToEnd({ definition: agent({ tools: [orders(), tickets] }) });
    await worker.get(OutsideHostsRepository).save(runner.tenantId, [{ host: '127.0.0.1' }], async () => undefined);
    expect(run).toMatchObject({ status: 'succeeded', nodes: { ask: { value: { answer: 'Found.' } } } });
    expect(mcp.calls).toEqual([{ query: 'late' }]);
  });

  it('remembers what the same person said in the same thread of a saved workflow', async () => {
    models.script = ({ messages }) => `answer-${messages.length}`;
    const definition = agent({ question: 'Ask {{ run }}', thread: 'canary-thread', remembers: 1 });
    const save = () => bench.service.get(WorkflowsService).save({ definition });
    const { id: workflowId } = await bench.as(runner, save);
    for (const messages of [2, 4, 4]) {
      const run = await pilot.runToEnd({ workflowId });
      expect(run).toMatchObject({ nodes: { ask: { value: { answer: `answer-${messages}` } } } });
    }
    expect(models.asked[1]?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(models.asked[2]?.messages[2]?.content).toBe('answer-4');
    expect(await bench.everythingAtRest()).not.toContain('answer-4');
    await pilot.runToEnd({ definition });
    expect(models.asked[3]?.messages).toHaveLength(2);
  });

  it('fails with the name of the limit that the next call would pass', async () => {
    models.script = () => sql('SELECT 1');
    const run = await pilot.runToEnd({ definition: agent({ tools: [orders()], maxSteps: 2 }) });
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'AGENT_LIMIT', message: expect.stringContaining('maxSteps') },
    });
    expect(models.asked).toHaveLength(2);
  });

  it('that supervises delegates to three at once, one of which fails, and says what it heard', async () => {
    const names = ['north', 'south', 'east'];
    models.script = ({ messages }, turn) => {
      const role = names.find((name) => messages[0]?.content?.startsWith(name));
      if (!role) {
        const tasks = names.map((name) => ({ name: `delegate_to_${name}`, arguments: { task: 'Look' } }));
        return turn === 1 ? tasks : 'Two are quiet.';
      }
      return role === 'south' || turn === 1 ? sql(`SELECT 1 AS ${role}`) : `${role} is quiet`;
    };
    const agents = names.map((name) => ({
      name,
      description: name,
      model: MODEL,
      instructions: name,
      tools: [orders()],
      maxSteps: 2,
    }));
    const config = { model: MODEL, question: 'How is it?', instructions: 'Lead.', agents };
    const definition = documentOf([{ id: 'ask', type: 'ai.supervisor', config }], []);
    const run = await pilot.runToEnd({ definition });
    expect(run).toMatchObject({
      status: 'succeeded',
      nodes: { ask: { value: { answer: 'Two are quiet.', calls: 3 } } },
    });
    expect(await traceOf(run.id)).toMatchObject({
      'm1/t1': 'delegation delegate_to_north succeeded',
      'm1/t1/m1/t1': 'tool orders succeeded',
      'm1/t2': 'delegation delegate_to_south failed',
      'm1/t3': 'delegation delegate_to_east succeeded',
    });
    expect(models.asked.at(-1)?.messages.map(({ content }) => content)).toEqual(
      expect.arrayContaining([expect.stringContaining('AGENT_LIMIT'), '{"result":"north is quiet"}']),
    );
  });
});

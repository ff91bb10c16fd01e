import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import type { OutsideHost } from '@snowflow/contracts/workflow/outside.dto';
import { AgentServer } from '@snowflow/testing/agent-server';
import { McpToolsServer } from '@snowflow/testing/mcp-tools-server';
import { WorkflowStore } from '../database/workflow-store';
import { LeaseTaker } from '../execution/lease-taker';
import { RunWorker } from '../execution/run-worker';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { call as callWorkflow, documentOf, result, table } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { OutsideService } from './outside.service';

// Leases have to run out here.
jest.setTimeout(30_000);

describe('Agents outside, in runs', () => {
  let bench: WorkflowBench;
  let person: Person;
  let worker: INestApplicationContext;
  let agent: AgentServer;
  let mcp: McpToolsServer;

  beforeAll(async () => {
    [bench, agent, mcp] = await Promise.all([startWorkflowBench(), AgentServer.start(), McpToolsServer.start()]);
    person = await bench.signIn(undefined, {}, { appRole: 'owner' });
    worker = await startWorker();
    bench.rows.of('COUNT(*) AS "ROW_COUNT" FROM', [{ ROW_COUNT: '12' }]);
  }, 60_000);
  afterAll(async () => {
    await bench?.stop();
    await agent?.stop();
    await mcp?.stop();
  });
  beforeEach(async () => {
    agent.answers.splice(0);
    await allow([{ host: '127.0.0.1', dataAllowed: true }]);
    const redis = new Redis(bench.redisUrl);
    const keys = await redis.keys('snowflow:outside:*');
    if (keys.length > 0) await redis.del(keys);
    await redis.quit();
  });

  const startWorker = () => bench.startWorker({}, { privateHosts: ['127.0.0.1'], maxBytes: 1_000_000, restMs: 60_000 });
  const outside = () => bench.service.get(OutsideService);
  const allow = (hosts: OutsideHost[]) => bench.as(person, () => outside().saveHosts({ hosts }));
  const http = (config: Record<string, unknown>, id = 'ask') => ({ id, type: 'ai.http', config });
  const tool = (config: Record<string, unknown>, id = 'ask') => ({
    id,
    type: 'ai.mcp',
    config: { server: mcp.url, ...config },
  });
  const alone = (node: ReturnType<typeof http>, more = {}) => documentOf([node, result('r')], ['ask -> r'], more);
  const start = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition }))).runId;
  const run = async (definition: Record<string, unknown>) => bench.ended(person, await start(definition));
  const calls = async (runId: string) =>
    (await bench.as(person, () => outside().calls({}))).items.filter((one) => one.runId === runId);
  const post = (path: string, more: object = {}) =>
    alone(http({ method: 'POST', url: agent.url(path), body: '{ "q": 1 }', ...more }));
  const get = (path: string, more: object = {}) => alone(http({ method: 'GET', url: agent.url(path), ...more }));
  /** The run's worker falls silent in the middle of its step, and another goes on. */
  const replaceWorker = async (runId: string) => {
    await worker.get(RunWorker).worker.close(true);
    worker.get(LeaseTaker).next = () => Promise.resolve(undefined);
    await sql`UPDATE workflow.run_queue SET leased_by = 'nobody', leased_until = now() - interval '1 second'
              WHERE run_id = ${runId}`.execute(bench.service.get(WorkflowStore).acrossTenants);
    worker = await startWorker();
  };

  /** A worker that nobody hears of has the run, and the one that had it may not write any more. */
  const fallSilent = async (runId: string) => {
    const store = bench.service.get(WorkflowStore);
    await sql`UPDATE workflow.run_queue SET leased_by = 'dead', leased_until = now() + interval '1 hour', fence = fence + 1
              WHERE run_id = ${runId}`.execute(store.acrossTenants);
    await store.statement(person.tenantId, sql`UPDATE workflow.runs SET fence = fence + 1 WHERE id = ${runId}`);
  };

  /** The time passes that a worker has to end a cancelled run by itself. Of a lease that is longer it is not the end. */
  const threeSecondsPass = (runId: string) =>
    sql`UPDATE workflow.run_queue SET leased_until = leased_until - interval '3 seconds'
        WHERE run_id = ${runId} AND leased_by = 'dead'`.execute(bench.service.get(WorkflowStore).acrossTenants);

  it('an HTTP agent is asked, its answer goes on, and the call is on record without body and query', async () => {
    const ask = http({
      method: 'POST',
      url: `${agent.url('/ask')}?q={{ value.rowCount }}`,
      body: '{ "n": {{ value.rowCount }} }',
    });
    const again = http(
      { method: 'POST', url: agent.url('/again'), body: '{ "told": "{{ nodes.ask.status }}" }' },
      'again',
    );
    const { id, status, nodes } = await run(
      documentOf([table('t'), ask, again, result('r')], ['t -> ask', 'ask -> again', 'again -> r']),
    );
    expect([status, nodes['ask']?.error]).toEqual(['succeeded', undefined]);
    expect(nodes['ask']).toMatchObject({
      rowCount: 12,
      value: { status: 200, body: { said: '{ "n": 12 }', to: '/ask?q=12' } },
    });
    expect(agent.of('/again')[0]?.body).toBe('{ "told": "200" }');
    const recorded = await calls(id);
    expect(recorded.find(({ nodeId }) => nodeId === 'ask')).toMatchObject({
      by: 'SOMEBODY',
      kind: 'http',
      method: 'POST',
      host: `127.0.0.1:${agent.port}`,
      path: '/ask',
      outcome: 'succeeded',
      status: 200,
      attempts: 1,
      bytesOut: 11,
      bytesIn: 41,
      error: null,
      tool: null,
    });
  });

  it('a tool of an MCP server is called, its structured content or its text goes on, and its session is closed', async () => {
    const search = tool({ tool: 'search', arguments: '{ "query": "{{ parameters.q }}" }' });
    const say = tool({ tool: 'say', arguments: '{ "text": {{ nodes.ask.result }} }' }, 'say');
    const { id, nodes } = await run(
      documentOf([search, say, result('r')], ['ask -> say', 'say -> r'], {
        parameters: [{ name: 'q', type: 'string', default: 'late' }],
      }),
    );
    expect(nodes['ask']).toMatchObject({ status: 'succeeded', value: { result: { found: ['T-1 late'] } } });
    expect(nodes['say']).toMatchObject({ value: { result: 'You said {"found":["T-1 late"]}' } });
    expect(mcp.sessions.size).toBe(0);
    expect(
      (await calls(id)).map(({ tool: name, kind, outcome, status }) => [name, kind, outcome, status]).sort(),
    ).toEqual([
      ['say', 'mcp-tool', 'succeeded', 200],
      ['search', 'mcp-tool', 'succeeded', 200],
    ]);
  });

  it.each([
    ['a tool that reports an error', () => alone(tool({ tool: 'fail' })), 'The tickets are on fire'],
    ['a tool that is not there', () => alone(tool({ tool: 'none' })), 'none'],
    ['arguments that the tool does not take', () => alone(tool({ tool: 'search' })), 'query'],
    ['a tool that says too much', () => alone(tool({ tool: 'long' })), 'longer than it may be'],
    ['a server that is none', () => alone(tool({ server: agent.url('/no-mcp'), tool: 'search' })), ''],
    [
      'a server that is not there',
      () => alone(tool({ server: 'http://127.0.0.1:9/mcp', tool: 'search' })),
      'ECONNREFUSED',
    ],
  ])('%s is a failed node', async (_what, definition, word) => {
    const { status, nodes } = await run(definition());
    expect(status).toBe('failed');
    const message = expect.stringContaining(word) as string;
    expect(nodes['ask']?.error).toMatchObject({ code: 'OUTSIDE_FAILED', message });
  });

  it('a status of 400 and more, and an answer that is too long, is a failed node and is not asked twice', async () => {
    const rest = { body: 'x'.repeat(1_100_000) };
    for (const [answer, word] of [
      [{ status: 404 }, '404'],
      [{ status: 500 }, '500'],
      [rest, 'longer'],
    ] as const) {
      agent.answers.push(answer);
      const before = agent.asked.length;
      const failed = await run(post('/once'));
      expect(failed.nodes['ask']?.error).toMatchObject({
        code: 'OUTSIDE_FAILED',
        message: expect.stringContaining(word) as string,
      });
      expect(agent.asked.length - before).toBe(1);
    }
  });

  it('what only reads, or has a key, is tried again where the host is not well', async () => {
    agent.answers.push({ status: 503 }, { status: 429, headers: { 'retry-after': '0' } });
    const { id, status } = await run(get('/busy'));
    expect([status, agent.of('/busy').length]).toEqual(['succeeded', 3]);
    expect(await calls(id)).toMatchObject([{ attempts: 3, outcome: 'succeeded' }]);
    agent.answers.push({ status: 500 });
    await run(post('/keyed', { headers: [{ name: 'Idempotency-Key', value: '{{ run }}' }] }));
    const keys = agent.of('/keyed').map(({ headers }) => headers['idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  it('no answer in time is a failure of what reads, and an unknown outcome of what does something', async () => {
    let answer = () => {};
    const after = new Promise<void>((resolve) => (answer = resolve));
    agent.answers.push({ after }, { after }, { after }, { after });
    const codes = async (definition: Record<string, unknown>) => (await run(definition)).nodes['ask']?.error?.code;
    // The step's own limit is the same, and either may be first.
    expect(['OUTSIDE_FAILED', 'DEADLINE_EXCEEDED']).toContain(await codes(get('/slow', { timeoutMs: 300 })));
    mcp.after = after;
    const stuck = await start(alone(tool({ tool: 'say', arguments: '{ "text": "stuck" }' })));
    await until(() => mcp.calls.some((given) => 'text' in given && given.text === 'stuck'));
    await replaceWorker(stuck);
    expect(await bench.ended(person, stuck)).toMatchObject({ nodes: { ask: { error: { code: 'OUTCOME_UNKNOWN' } } } });
    answer();
    mcp.after = Promise.resolve();
    expect(mcp.calls.filter((given) => 'text' in given && given.text === 'stuck')).toHaveLength(1);
  });

  it('a call whose worker fell silent is not made again, and one that was answered is not either', async () => {
    let answer = () => {};
    agent.answers.push({ after: new Promise((resolve) => (answer = resolve)) });
    const runId = await start(post('/crash'));
    await until(() => agent.of('/crash').length === 1);
    await replaceWorker(runId);
    const ended = await bench.ended(person, runId);
    expect(ended.nodes['ask']?.error?.code).toBe('OUTCOME_UNKNOWN');
    expect(await calls(runId)).toMatchObject([{ outcome: 'unknown', error: 'OUTCOME_UNKNOWN' }]);
    answer();
    expect(agent.of('/crash')).toHaveLength(1);
  });

  it.each([
    ['has it', undefined],
    ['has died', (runId: string) => fallSilent(runId)],
  ])('a call that was under way when its run was cancelled is told as open, where its worker %s', async (_, lose) => {
    let answer = () => {};
    const before = agent.of('/cut-off').length;
    agent.answers.push({ after: new Promise((resolve) => (answer = resolve)) });
    const runId = await start(post('/cut-off'));
    await until(() => agent.of('/cut-off').length > before);
    const { status } = await bench.as(person, () => bench.service.get(RunsService).get(runId));
    expect(status).toBe('running');
    await lose?.(runId);
    await bench.as(person, () => bench.service.get(RunsService).cancel(runId));
    if (lose) await threeSecondsPass(runId);
    expect(await bench.ended(person, runId)).toMatchObject({
      status: 'cancelled',
      nodes: { ask: { status: 'failed', error: { code: 'OUTCOME_UNKNOWN', nodeId: 'ask' } } },
    });
    answer();
  });

  it('a host that failed again and again is left alone, and it is said until when', async () => {
    agent.answers.push(...Array.from({ length: 6 }, () => ({ status: 500 })));
    for (let index = 0; index < 5; index++) await run(post('/down'));
    const { nodes } = await run(post('/down'));
    expect(nodes['ask']?.error?.message).toMatch(/left alone until 20\d\d-/);
    expect(agent.of('/down')).toHaveLength(5);
    const other = await bench.signIn(undefined, {}, { appRole: 'owner' });
    await bench.as(other, () => outside().saveHosts({ hosts: [{ host: '127.0.0.1' }] }));
    agent.answers.splice(0);
    const { runId } = await bench.as(other, () =>
      bench.service.get(RunStartService).start({ definition: get('/other') }),
    );
    expect(await bench.ended(other, runId)).toMatchObject({ status: 'succeeded' });
  });

  it('a redirect of what reads is followed on its own host, and none leads elsewhere or repeats what does something', async () => {
    agent.answers.push({ status: 302, headers: { location: '/there' } });
    expect((await run(get('/moved'))).nodes['ask']?.value).toMatchObject({ body: { to: '/there' } });
    const elsewhere = await AgentServer.start();
    for (const location of [
      elsewhere.url('/x'),
      'ftp://127.0.0.1/x',
      'file:///etc/passwd',
      `http://localhost:${agent.port}/x`,
    ]) {
      agent.answers.push({ status: 307, headers: { location } });
      expect((await run(get('/away'))).nodes['ask']?.error).toMatchObject({ code: 'OUTSIDE_FAILED' });
    }
    agent.answers.push({ status: 307, headers: { location: '/twice' } });
    expect((await run(post('/away'))).nodes['ask']?.error).toMatchObject({ code: 'OUTSIDE_FAILED' });
    await allow([{ host: '127.0.0.1', paths: ['/open'] }]);
    agent.answers.push({ status: 302, headers: { location: '/closed' } });
    expect((await run(get('/open'))).nodes['ask']?.error).toMatchObject({ code: 'POLICY_DENIED' });
    expect([elsewhere.connections, agent.of('/twice'), agent.of('/closed'), agent.of('/x')]).toEqual([0, [], [], []]);
    await elsewhere.stop();
  });

  it('a credential is sent to its hosts only, and is shown, kept and echoed nowhere', async () => {
    const secret = 'CANARY-secret-"7f3a';
    const made = await bench.as(person, () =>
      outside().addCredential({ name: 'Agent', kind: 'header', headerName: 'X-Api-Key', hosts: ['127.0.0.1'], secret }),
    );
    expect(JSON.stringify(made)).not.toContain('CANARY');
    agent.answers.push({ body: JSON.stringify({ echo: secret }) });
    const { id, nodes } = await run(post('/secret', { credentialId: made.id }));
    expect(agent.of('/secret')[0]?.headers['x-api-key']).toBe(secret);
    expect(nodes['ask']?.value).toMatchObject({ body: { echo: '•••' } });
    expect(await calls(id)).toMatchObject([{ credentialId: made.id }]);
    expect(await bench.everythingAtRest()).not.toContain('CANARY-secret');
    const other = await bench.as(person, () =>
      outside().addCredential({ name: 'Other', kind: 'bearer', hosts: ['agent.example.com'], secret }),
    );
    await expect(run(post('/strange', { credentialId: other.id }))).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
    await bench.as(person, () => outside().removeCredential({ id: made.id }));
    await expect(run(post('/strange', { credentialId: made.id }))).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
    expect(agent.of('/strange')).toEqual([]);
  });

  it('nothing leaves for a host that the tenant has not allowed, before it runs and when it runs', async () => {
    await allow([]);
    const problems = [
      {
        code: 'POLICY_DENIED',
        nodeId: 'ask',
        path: 'url',
        message: expect.stringContaining('Outside hosts') as string,
      },
    ];
    await expect(start(get('/never'))).rejects.toMatchObject({
      details: { extensions: { problems: expect.arrayContaining([expect.objectContaining(problems[0])]) as unknown } },
    });
    await allow([{ host: '127.0.0.1' }]);
    const waits = documentOf(
      [
        { id: 'w', type: 'logic.wait', config: { durationSeconds: 3_600 } },
        table('t'),
        http({ method: 'GET', url: agent.url('/never') }),
        result('r'),
      ],
      ['t -> w', 'w -> ask', 'ask -> r'],
    );
    const runId = await start(waits);
    const pilot = new RunPilot(bench, person);
    await pilot.resting(runId);
    await allow([]);
    await pilot.minutesPass(runId, 60);
    const ended = await bench.ended(person, runId);
    expect(ended.nodes['ask']?.error).toMatchObject({ code: 'POLICY_DENIED' });
    expect(await calls(runId)).toMatchObject([
      { outcome: 'refused', error: 'POLICY_DENIED', status: null, bytesOut: 0 },
    ]);
    expect(agent.of('/never')).toEqual([]);
  });

  it('what may be from Snowflake leaves only where the tenant allows the field, also through a workflow that is called', async () => {
    await allow([{ host: '127.0.0.1', fields: ['rowCount'] }]);
    const told = (body: string) =>
      documentOf(
        [table('t'), http({ method: 'POST', url: agent.url('/data'), body }), result('r')],
        ['t -> ask', 'ask -> r'],
      );
    await expect(start(told('{ "all": {{ value }} }'))).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
    expect(await run(told('{ "n": {{ value.rowCount }} }'))).toMatchObject({ status: 'succeeded' });
    const inner = alone(http({ method: 'POST', url: agent.url('/inner'), body: '{ "who": {{ parameters.who }} }' }), {
      parameters: [{ name: 'who', type: 'string', default: 'x' }],
    });
    expect(await run(inner)).toMatchObject({ status: 'succeeded' });
    const saved = await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition: inner }));
    const outer = documentOf([callWorkflow('c', saved.id, { who: 'ann' }, { revision: 1 }), result('r')], ['c -> r']);
    await expect(start(outer)).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
    expect(agent.of('/inner')).toHaveLength(1);
  });

  it('only owners and admins decide and see, and each tenant its own', async () => {
    const builder = await bench.signIn(person.tenantId, {}, { appRole: 'builder' });
    const asks: (() => Promise<unknown>)[] = [
      () => outside().listHosts(),
      () => outside().saveHosts({ hosts: [] }),
      () => outside().listCredentials(),
      () => outside().calls({}),
    ];
    for (const ask of asks) await expect(bench.as(builder, ask)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const other = await bench.signIn(undefined, {}, { appRole: 'admin' });
    expect(await bench.as(other, () => outside().calls({}))).toEqual({ items: [], nextCursor: null });
    expect(await bench.as(other, () => outside().listHosts())).toEqual({ hosts: [] });
    const page = await bench.as(person, () => outside().calls({ limit: 2 }));
    const next = await bench.as(person, () => outside().calls({ limit: 2, cursor: page.nextCursor ?? '' }));
    expect(new Set([...page.items, ...next.items].map(({ id }) => id)).size).toBe(4);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (const giveUpAt = Date.now() + 15_000; !holds();) {
    if (Date.now() > giveUpAt) throw new Error('It did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

import { readFileSync } from 'node:fs';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Run } from './support/api-client';
import { type DirectConnection, openDirect } from './support/direct-sql';
import { DocumentBuilder, sixInARow } from './support/document-builder';
import { workerOf } from './support/lease-holder';
import { RunWatcher } from './support/run-watcher';
import { slowSelect } from './support/slow-statement';
import { insist } from './chaos/insist';

const STARTS = 1_000;
const IN_TIME_MS = 5_000;
const MEGABYTE = 1024 ** 2;
const result = { name: 'R', view: 'table' };
const table = (name: string) => ({ database: 'DEMO', schema: 'PUBLIC', table: name, mode: 'append' });

describe('Runs under faults, on two replicas of everything', () => {
  let stack: Stack;
  let gateways: ApiClient[];
  let runner: ApiClient;
  let runs: RunWatcher;
  let warehouse: DirectConnection;

  beforeAll(async () => {
    const env = { THROTTLE_REQUESTS_PER_MINUTE: '1000000', RUNS_AT_ONCE_PER_WORKFLOW: '1', RUN_MAX_ATTEMPTS: '2' };
    stack = await startStack({ copies: 2, apart: ['worker'], env });
    gateways = stack.gatewayUrls.map((url) => new ApiClient(url));
    await Promise.all(gateways.map((gateway) => gateway.connect('demo')));
    [runner] = gateways as [ApiClient];
    runs = new RunWatcher(gateways);
    warehouse = await openDirect(stack.warehouseUrl);
  }, 180_000);
  afterAll(async () => {
    await warehouse?.close();
    await stack?.stop();
  }, 60_000);

  const slow = (name: string) =>
    new DocumentBuilder(name)
      .node('slow', 'source.sql', { sql: slowSelect(120) })
      .node('result', 'output.result', result, 'slow')
      .build();
  const under = (runId: string, status: string) => runs.once(runId, (run) => run.status === status);
  const sent = (runId: string) => runs.once(runId, ({ nodes }) => nodes.result?.queryId !== undefined);
  const statementsOf = async (runId: string) =>
    (
      await warehouse.rows(
        `SELECT EXECUTION_STATUS FROM TABLE(DEMO.INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER()) WHERE QUERY_TAG LIKE '%${runId}%'`,
      )
    ).map(([status]) => String(status));
  /** The warehouse says that it aborts a statement a little before the statement has ended. */
  const nothingRuns = (runId: string, withinMs: number) =>
    eventually(async () => expect(await statementsOf(runId)).not.toContain('RUNNING'), withinMs);
  const eventsOf = async (runId: string) =>
    [...(await (await runner.send('GET', `/runs/${runId}/events`)).text()).matchAll(/^event: (.*)$/gm)].map(
      ([, type]) => type,
    );

  it(`are never lost once accepted: ${STARTS} starts at once, each found by either gateway, each ending`, async () => {
    const started = await Promise.all(
      Array.from({ length: STARTS }, async (_, index) => {
        const headers = { 'idempotency-key': `start-${index}` };
        const body = { definition: sixInARow(`At once ${index}`) };
        let attempt = index;
        const any = () => gateways[attempt++ % gateways.length] as ApiClient;
        const accepted = await insist(() => any().call<{ runId: string }>('POST', '/workflows/run', { headers, body }));
        const { runId } = accepted.body;
        const found = await Promise.all(gateways.map((api) => insist(() => api.call<Run>('GET', `/runs/${runId}`))));
        return { runId, statuses: [accepted.status, ...found.map(({ status }) => status)] };
      }),
    );
    expect(started.filter(({ statuses }) => statuses.join() !== '202,200,200')).toEqual([]);
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(STARTS);
    const ends: string[] = [];
    for (const { runId } of started) ends.push((await runs.ended(runId, 300_000)).status);
    expect(ends.filter((status) => status !== 'succeeded')).toEqual([]);
  }, 420_000);

  it('leave ten million rows in the warehouse: no worker grows over 512 MB', async () => {
    await warehouse.run(
      'CREATE TABLE DEMO.PUBLIC.TEN_MILLION AS SELECT SEQ4() AS N FROM TABLE(GENERATOR(ROWCOUNT => 10000000))',
    );
    await warehouse.run('CREATE TABLE DEMO.PUBLIC.COPIED (N NUMBER(38,0))');
    const definition = new DocumentBuilder('Ten million')
      .node('many', 'source.table', { database: 'DEMO', schema: 'PUBLIC', table: 'TEN_MILLION' })
      .node('write', 'output.table', table('COPIED'), 'many')
      .node('rows', 'output.result', result, 'many')
      .build();
    const run = await runs.ended(await runs.start({ definition }), 240_000);
    expect(run).toMatchObject({ status: 'succeeded', nodes: { write: { rowCount: 10_000_000 } } });
    const page = await runner.call<{ rows: unknown[] }>('GET', `/runs/${run.id}/nodes/rows/result?limit=100`);
    expect([page.status, page.body.rows.length]).toEqual([200, 100]);
    for (const pid of stack.pids.worker ?? []) expect(mostMemoryOf(pid)).toBeLessThan(512 * MEGABYTE);
    for (const name of ['TEN_MILLION', 'COPIED']) await warehouse.run(`DROP TABLE DEMO.PUBLIC.${name}`);
  }, 300_000);

  describe('are cancelled within five seconds, with their statement, and end once', () => {
    const flaky = () =>
      new DocumentBuilder('Tried again and again')
        .node('broken', 'source.sql', {
          sql: 'SELECT CAST(N_NAME AS NUMBER(38,0)) AS N FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.NATION',
        })
        .node('result', 'output.result', { ...result, retry: { maxAttempts: 5, backoffMs: 60_000 } }, 'broken')
        .build();
    const pausing = (type: string, config: object, port: string) =>
      new DocumentBuilder('Pausing')
        .tpch('nations', 'NATION')
        .node('pause', type, { ...config }, 'nations')
        .node('result', 'output.result', result, port)
        .build();
    const behindAnother = async () => {
      const saved = await runner.call<{ id: string }>('POST', '/workflows/save', { body: { definition: slow('One') } });
      const before = await runs.start({ workflowId: saved.body.id });
      await sent(before);
      return { runId: await runs.start({ workflowId: saved.body.id }), before };
    };
    const cancelled = async (runId: string) => {
      const askedAt = Date.now();
      expect((await runner.call('POST', `/runs/${runId}/cancel`)).status).toBe(204);
      expect(await runs.ended(runId)).toMatchObject({ status: 'cancelled' });
      expect(Date.now() - askedAt).toBeLessThan(IN_TIME_MS);
      await nothingRuns(runId, askedAt + IN_TIME_MS - Date.now());
      const again = await runner.call<{ code: string }>('POST', `/runs/${runId}/cancel`);
      expect([again.status, again.body.code]).toEqual([409, 'RUN_ENDED']);
      const ends = (await eventsOf(runId)).filter((type) => /^run\.(succeeded|failed|cancelled)$/.test(type ?? ''));
      expect(ends).toEqual(['run.cancelled']);
    };

    it('while they are queued behind another of their workflow, which goes on', async () => {
      const { runId, before } = await behindAnother();
      expect((await runs.get(runId)).body.status).toBe('queued');
      await cancelled(runId);
      expect((await runs.get(before)).body.status).toBe('running');
      await cancelled(before);
    }, 60_000);

    it('while their statement runs', async () => {
      const runId = await runs.start({ definition: slow('Running') });
      await sent(runId);
      await cancelled(runId);
    }, 60_000);

    it('while a step waits to be tried again', async () => {
      const runId = await runs.start({ definition: flaky() });
      await eventually(
        async () => expect(await statementsOf(runId)).toEqual([expect.stringMatching(/FAIL/)]),
        30_000,
        250,
      );
      await cancelled(runId);
      expect(await statementsOf(runId)).toHaveLength(1);
    }, 60_000);

    it.each([
      ['an approval', 'logic.approval', { approvers: ['user:ANALYST'], message: '?' }, 'pause.approved'],
      ['a time', 'logic.wait', { durationSeconds: 3_600 }, 'pause'],
    ])(
      'while they wait for %s',
      async (_what, type, config, port) => {
        const runId = await runs.start({ definition: pausing(type, config, port) });
        await under(runId, 'waiting');
        await cancelled(runId);
      },
      60_000,
    );

    it('while the warehouse does not answer at all', async () => {
      const runId = await runs.start({ definition: slow('Silent') });
      await sent(runId);
      await stack.kill('local-warehouse', 0, 'SIGSTOP');
      const askedAt = Date.now();
      try {
        expect((await runner.call('POST', `/runs/${runId}/cancel`)).status).toBe(204);
        expect(await runs.ended(runId)).toMatchObject({ status: 'cancelled' });
        expect(Date.now() - askedAt).toBeLessThan(IN_TIME_MS);
      } finally {
        await stack.kill('local-warehouse', 0, 'SIGCONT');
      }
    }, 60_000);
  });

  it('go on where a warehouse that fell silent speaks again', async () => {
    const definition = new DocumentBuilder('Silent for a while')
      .node('slow', 'source.sql', { sql: slowSelect(3) })
      .node('result', 'output.result', result, 'slow')
      .build();
    const runId = await runs.start({ definition });
    await sent(runId);
    await stack.kill('local-warehouse', 0, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    await stack.kill('local-warehouse', 0, 'SIGCONT');
    expect(await runs.ended(runId, 90_000)).toMatchObject({ status: 'succeeded', nodes: { result: { rowCount: 1 } } });
  }, 150_000);

  it('are taken up within a minute where their worker is killed, and parked once where they kill each', async () => {
    const runId = await runs.start({ definition: slow('Deadly') });
    await sent(runId);
    await stack.kill('worker', await workerOf(stack, runId), 'SIGKILL');
    const killedAt = Date.now();
    await stack.ensureReplicas();
    const next = await eventually(() => workerOf(stack, runId), 60_000);
    expect(Date.now() - killedAt).toBeLessThan(60_000);
    // As one ends whose memory ran out.
    await stack.kill('worker', next, 'SIGABRT');
    await stack.ensureReplicas();
    expect(await runs.ended(runId, 60_000)).toMatchObject({
      status: 'failed',
      error: { code: 'RUN_PARKED', message: expect.stringContaining('run it anew') as string },
    });
    expect((await eventsOf(runId)).filter((type) => type === 'run.failed')).toHaveLength(1);
    await nothingRuns(runId, IN_TIME_MS);
  }, 180_000);
});

/** The most that a process ever held, in bytes. */
function mostMemoryOf(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

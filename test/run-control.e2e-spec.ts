import { startStack, Stack } from '@snowflow/testing/stack';
import { allRows, ApiClient } from './support/api-client';
import { type DirectConnection, openDirect } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';
import { RunWatcher } from './support/run-watcher';
import { slowSelect } from './support/slow-statement';

const target = (table: string) => ({ database: 'DEMO', schema: 'PUBLIC', table, mode: 'append' });
const result = { name: 'R', view: 'table' };

describe('Runs that are steered, on two replicas of everything', () => {
  let stack: Stack;
  let runner: ApiClient;
  /** The same person at the other gateway. */
  let elsewhere: ApiClient;
  let approver: ApiClient;
  let runs: RunWatcher;
  let warehouse: DirectConnection;

  beforeAll(async () => {
    stack = await startStack({ copies: 2, apart: ['worker'], env: { THROTTLE_REQUESTS_PER_MINUTE: '100000' } });
    const gateways = stack.gatewayUrls.map((url) => new ApiClient(url));
    await Promise.all(gateways.map((gateway) => gateway.connect('demo')));
    [runner, elsewhere] = gateways as [ApiClient, ApiClient];
    approver = new ApiClient(stack.gatewayUrls[1] ?? '');
    await approver.connect('analyst');
    runs = new RunWatcher(gateways);
    warehouse = await openDirect(stack.warehouseUrl);
  }, 180_000);
  afterAll(async () => {
    await warehouse?.close();
    await stack?.stop();
  }, 60_000);

  const rowsIn = async (table: string) => (await warehouse.rows(`SELECT COUNT(*) FROM DEMO.PUBLIC.${table}`))[0]?.[0];
  const decide = (runId: string, body: object) =>
    approver.call<{ code?: string }>('POST', `/runs/${runId}/approvals/ask`, { body });
  const queriesOf = async (runId: string) =>
    (
      await warehouse.rows(
        `SELECT QUERY_TEXT FROM TABLE(DEMO.INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER()) WHERE QUERY_TAG LIKE '%${runId}%'`,
      )
    ).map(([text]) => String(text));

  it('wait for an approval while every worker is gone, go on when it is there, and tell it all in order', async () => {
    await warehouse.run('CREATE TABLE DEMO.PUBLIC.APPROVED (N_NAME VARCHAR)');
    const definition = new DocumentBuilder('Approved')
      .tpch('nations', 'NATION')
      .node('names', 'shape.select', { columns: [{ column: 'N_NAME' }] }, 'nations')
      .node('ask', 'logic.approval', { approvers: ['user:ANALYST'], message: 'May it be written?' }, 'names')
      .node('wait', 'logic.wait', { durationSeconds: 1 }, 'ask.approved')
      .node('write', 'output.table', target('APPROVED'), 'wait')
      .build();
    const runId = await runs.start({ definition });
    await runs.once(runId, ({ status }) => status === 'waiting');
    const open = await approver.call<{ items: object[] }>('GET', '/approvals');
    expect(open.body.items).toMatchObject([{ runId, nodeId: 'ask', runner: 'DEMO', message: 'May it be written?' }]);
    expect((await runner.call('POST', `/runs/${runId}/approvals/ask`, { body: { decision: 'approve' } })).status).toBe(
      403,
    );

    for (const worker of [0, 1]) await stack.kill('worker', worker, 'SIGKILL');
    expect((await decide(runId, { decision: 'approve', comment: 'fine' })).status).toBe(204);
    const twice = await decide(runId, { decision: 'reject' });
    expect([twice.status, twice.body.code]).toEqual([409, 'APPROVAL_DECIDED']);
    await stack.ensureReplicas();
    expect(await runs.ended(runId)).toMatchObject({ status: 'succeeded', nodes: { wait: { status: 'succeeded' } } });
    expect(await rowsIn('APPROVED')).toBe('25');

    const all = await (await runner.send('GET', `/runs/${runId}/events`)).text();
    const seqs = [...all.matchAll(/^id: (\d+)$/gm)].map(([, seq]) => Number(seq));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(all.match(/^event: run\.waiting$/gm)).toHaveLength(2);
    const rest = await (
      await elsewhere.send('GET', `/runs/${runId}/events`, { headers: { 'last-event-id': String(seqs.length - 1) } })
    ).text();
    expect(rest.match(/^id: \d+$/gm)).toEqual([`id: ${seqs.length}`]);
  }, 120_000);

  it('keep a reader’s stream alive while they wait, and are cancelled within five seconds', async () => {
    const definition = new DocumentBuilder('Never decided')
      .tpch('nations', 'NATION')
      .node('ask', 'logic.approval', { approvers: ['user:ANALYST'], message: '?' }, 'nations')
      .node('result', 'output.result', result, 'ask.approved')
      .build();
    const runId = await runs.start({ definition });
    await runs.once(runId, ({ status }) => status === 'waiting');
    const openedAt = Date.now();
    const stream = await runner.send('GET', `/runs/${runId}/events`);
    const reader = (stream.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes(': still here')) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The stream ended: ${text}`);
      text += value;
    }
    expect(Date.now() - openedAt).toBeLessThan(20_000);

    const askedAt = Date.now();
    expect((await runner.call('POST', `/runs/${runId}/cancel`)).status).toBe(204);
    expect(await runs.ended(runId)).toMatchObject({ status: 'cancelled', nodes: { ask: { status: 'cancelled' } } });
    expect(Date.now() - askedAt).toBeLessThan(5_000);
    for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value;
    expect(text).toMatch(/event: run\.cancelled\n[^\n]*\n\n$/);
    expect((await decide(runId, { decision: 'approve' })).status).toBe(409);
  }, 60_000);

  it('compute a node once and read its result by its query id, also when another run goes on from there', async () => {
    await warehouse.run('CREATE TABLE DEMO.PUBLIC.FROM_HERE (R_NAME VARCHAR)');
    const definition = new DocumentBuilder('Computed once')
      .tpch('regions', 'REGION')
      .node(
        'dear',
        'shape.filter',
        { conditions: [{ column: 'R_REGIONKEY', operator: 'gt', value: 1 }], materialise: true },
        'regions',
      )
      .node('sorted', 'shape.sort', { by: [{ column: 'R_NAME', direction: 'desc' }], materialise: true }, 'dear')
      .node('names', 'shape.select', { columns: [{ column: 'R_NAME' }] }, 'sorted')
      .node('write', 'output.table', target('FROM_HERE'), 'names')
      .node('result', 'output.result', result, 'names')
      .build();
    const first = await runs.runToEnd({ definition });
    expect(first).toMatchObject({ status: 'succeeded', nodes: { dear: { rowCount: 3 }, write: { rowCount: 3 } } });
    expect((await allRows(runner, first.id, 'result')).rows).toEqual([['MIDDLE EAST'], ['EUROPE'], ['ASIA']]);
    const texts = await queriesOf(first.id);
    expect(texts.filter((text) => text.includes('"TPCH_SF1"."REGION"'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('RESULT_SCAN(?)'))).toHaveLength(3);

    const again = await runs.runToEnd({ definition, mode: { from: 'write', runId: first.id } });
    expect(again).toMatchObject({ status: 'succeeded', nodes: { write: { rowCount: 3 } } });
    expect(again.nodes.sorted).toEqual(first.nodes.sorted);
    expect(await queriesOf(again.id)).toHaveLength(1);
    expect(await rowsIn('FROM_HERE')).toBe('6');
  }, 60_000);

  it('are tried again behind what succeeded', async () => {
    await warehouse.run("CREATE TABLE DEMO.PUBLIC.NUMERALS AS SELECT 'x' AS T");
    const definition = new DocumentBuilder('Tried again')
      .tpch('regions', 'REGION')
      .node('once', 'shape.limit', { rows: 1, materialise: true }, 'regions')
      .node('parsed', 'source.sql', { sql: 'SELECT CAST(T AS NUMBER(38,0)) AS N FROM DEMO.PUBLIC.NUMERALS' })
      .node('both', 'shape.join', { how: 'cross', on: [] }, { left: 'once', right: 'parsed' })
      .node('result', 'output.result', result, 'both')
      .build();
    const first = await runs.runToEnd({ definition });
    expect(first).toMatchObject({
      status: 'failed',
      error: { nodeId: 'result', message: expect.stringMatching(/'x'/) },
    });
    await warehouse.run("UPDATE DEMO.PUBLIC.NUMERALS SET T = '5'");
    const again = await runs.ended(await runs.retry(first.id));
    expect(again).toMatchObject({ status: 'succeeded', nodes: { result: { rowCount: 1 } } });
    expect(again.nodes.once).toEqual(first.nodes.once);
    expect(await queriesOf(again.id)).toHaveLength(1);
  }, 60_000);

  it('show the first rows of every relation in a debug run, and write nothing', async () => {
    await warehouse.run('CREATE TABLE DEMO.PUBLIC.UNTOUCHED (O_ORDERKEY NUMBER(38,0))');
    const definition = new DocumentBuilder('Debugged')
      .tpch('orders', 'ORDERS')
      .node('keys', 'shape.select', { columns: [{ column: 'O_ORDERKEY' }] }, 'orders')
      .node('write', 'output.table', target('UNTOUCHED'), 'keys')
      .build();
    const run = await runs.runToEnd({ definition, mode: 'debug' });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { orders: { rowCount: 100 }, keys: { rowCount: 100 } } });
    expect((await allRows(runner, run.id, 'keys')).rows).toHaveLength(100);
    expect(await rowsIn('UNTOUCHED')).toBe('0');
  }, 60_000);

  it('fail clearly where a table changed since they were drawn, and where a statement takes too long', async () => {
    await warehouse.run('CREATE TABLE DEMO.PUBLIC.SHRINKS AS SELECT 1 AS A, 2 AS B');
    const definition = new DocumentBuilder('Shrunk')
      .node('t', 'source.table', { database: 'DEMO', schema: 'PUBLIC', table: 'SHRINKS' })
      .node('ask', 'logic.approval', { approvers: ['user:ANALYST'], message: '?' }, 't')
      .node('result', 'output.result', result, 'ask.approved')
      .build();
    const waiting = await runs.start({ definition });
    await runs.once(waiting, ({ status }) => status === 'waiting');
    await warehouse.run('ALTER TABLE DEMO.PUBLIC.SHRINKS DROP COLUMN B');
    expect((await decide(waiting, { decision: 'approve' })).status).toBe(204);
    expect(await runs.ended(waiting)).toMatchObject({
      status: 'failed',
      error: { code: '000904', nodeId: 'result', message: expect.stringContaining('invalid identifier') },
    });

    const slow = new DocumentBuilder('Too slow')
      .node('slow', 'source.sql', { sql: slowSelect(60), timeoutMs: 1_000 })
      .node('result', 'output.result', result, 'slow')
      .build();
    const late = await runs.runToEnd({ definition: slow });
    expect(late).toMatchObject({ status: 'failed', error: { message: expect.stringMatching(/timeout of 1 second/) } });
  }, 60_000);

  it('leave none running behind', async () => {
    const { body } = await runner.call<{ items: { status: string }[] }>('GET', '/runs?limit=200&status=running');
    expect(body.items).toEqual([]);
  });
});

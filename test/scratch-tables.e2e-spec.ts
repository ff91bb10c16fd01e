import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import { Client } from 'pg';
import { allRows, ApiClient } from './support/api-client';
import { type DirectConnection, openDirect } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';
import { RunWatcher } from './support/run-watcher';

interface Overdue {
  items: { database: string; schema: string; name: string; runId: string; person: string; since: string }[];
  tasks: { sql: string }[];
}

const materialiseAs = { database: 'DEMO', schema: 'PUBLIC' };
const result = { name: 'R', view: 'table' };

describe('Scratch tables', () => {
  let stack: Stack;
  let admin: ApiClient;
  let runs: RunWatcher;
  let warehouse: DirectConnection;

  beforeAll(async () => {
    stack = await startStack({ copies: 2, apart: ['worker'] });
    admin = new ApiClient(stack.gatewayUrl);
    await admin.connect('demo');
    runs = new RunWatcher([admin]);
    warehouse = await openDirect(stack.warehouseUrl);
  }, 180_000);
  afterAll(async () => {
    await warehouse?.close();
    await stack?.stop();
  }, 60_000);

  const dear = (name: string) =>
    new DocumentBuilder(name)
      .tpch('regions', 'REGION')
      .node(
        'dear',
        'shape.filter',
        { conditions: [{ column: 'R_REGIONKEY', operator: 'gt', value: 1 }], materialiseAs },
        'regions',
      );
  const tablesOf = (runId: string) =>
    warehouse.rows(
      `SELECT TABLE_NAME, IS_TRANSIENT, COMMENT FROM DEMO.INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE '%${runId}%'`,
    );
  const gone = (runId: string) =>
    eventually(async () => {
      const left = await tablesOf(runId);
      if (left.length > 0) throw new Error(`There is still ${JSON.stringify(left)}`);
    }, 20_000);
  const overdue = async (who = admin) => (await who.call<Overdue>('GET', '/admin/scratch-tables')).body;
  const aDayPasses = async (runId: string) => {
    const client = new Client({ connectionString: stack.databaseUrl });
    await client.connect();
    try {
      const text = "UPDATE workflow.runs SET finished_at = finished_at - interval '25 hours' WHERE id = $1";
      expect((await client.query(text, [runId])).rowCount).toBe(1);
    } finally {
      await client.end();
    }
  };

  it('keep rows for later steps under a budget of bytes, and are gone after the run', async () => {
    const definition = dear('Kept')
      .node('names', 'shape.select', { columns: [{ column: 'R_NAME' }] }, 'dear')
      .node('sorted', 'shape.sort', { by: [{ column: 'R_NAME', direction: 'desc' }] }, 'names')
      .node('result', 'output.result', result, 'sorted')
      .build();
    const saved = await admin.call<{ id: string }>('POST', '/workflows/save', { body: { definition } });
    const workflowId = saved.body.id;
    const preview = await admin.call<{ statements: object[] }>('POST', '/workflows/preview', { body: { workflowId } });
    expect(preview.body.statements).toMatchObject([
      { step: 'dear', known: 'before the run', bytes: { atMost: expect.any(Number) } },
      { step: 'result', known: 'at run time' },
    ]);
    await admin.call('PUT', `/workflows/${workflowId}/budget`, { body: { maxBytes: 1_000_000_000 } });
    const run = await runs.runToEnd({ workflowId });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { dear: { status: 'succeeded' } } });
    expect((await allRows(admin, run.id, 'result')).rows).toEqual([['MIDDLE EAST'], ['EUROPE'], ['ASIA']]);
    const sent = await warehouse.rows(
      `SELECT QUERY_TEXT FROM TABLE(DEMO.INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER()) WHERE QUERY_TAG LIKE '%${run.id}%'`,
    );
    const texts = sent.map(([text]) => String(text)).filter((text) => !text.startsWith('EXPLAIN'));
    const name = `"DEMO"."PUBLIC"."SNOWFLOW_SCRATCH_${run.id}_dear"`;
    expect(texts.filter((text) => text.startsWith(`CREATE OR REPLACE TRANSIENT TABLE ${name} `))).toHaveLength(1);
    expect(texts.filter((text) => text.includes(`FROM ${name}`))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('RESULT_SCAN'))).toEqual([]);
    await gone(run.id);
    expect((await overdue()).items).toEqual([]);
  }, 90_000);

  it('are read after a worker was killed beside them, and what is left of them is listed to admins and swept at a sign-in', async () => {
    const definition = dear('Asked')
      .node('ask', 'logic.approval', { approvers: ['user:ANALYST'], message: 'Go on?' }, 'dear')
      .node('result', 'output.result', result, 'ask.approved')
      .build();
    const approver = new ApiClient(stack.gatewayUrls[1] ?? '');
    await approver.connect('analyst');
    const [approved, left] = await Promise.all([runs.start({ definition }), runs.start({ definition })]);
    for (const id of [approved, left]) await runs.once(id, ({ status }) => status === 'waiting');
    for (const worker of [0, 1]) await stack.kill('worker', worker, 'SIGKILL');
    expect(await tablesOf(left)).toEqual([
      [`SNOWFLOW_SCRATCH_${left}_dear`, 'YES', expect.stringMatching(`^SnowFlow run ${left}; expires 20`)],
    ]);
    await approver.call('POST', `/runs/${approved}/approvals/ask`, { body: { decision: 'approve' } });
    await admin.call('POST', `/runs/${left}/cancel`);
    await stack.ensureReplicas();
    expect(await runs.ended(approved)).toMatchObject({ status: 'succeeded', nodes: { result: { rowCount: 3 } } });
    await gone(approved);

    // It may be tried again until tomorrow.
    expect((await runs.ended(left)).status).toBe('cancelled');
    expect((await overdue()).items).toEqual([]);
    await aDayPasses(left);
    const listed = await overdue();
    expect(listed.items).toMatchObject([
      { database: 'DEMO', schema: 'PUBLIC', name: `SNOWFLOW_SCRATCH_${left}_dear`, runId: left, person: 'DEMO' },
    ]);
    expect(listed.tasks[0]?.sql).toContain('CREATE OR REPLACE TASK "DEMO"."PUBLIC"');
    const stranger = new ApiClient(stack.gatewayUrl);
    await stranger.connect('demo2', 'demo2', 'demo2');
    expect((await overdue(stranger)).items).toEqual([]);
    expect((await approver.call('GET', '/admin/scratch-tables')).status).toBe(403);

    await new ApiClient(stack.gatewayUrl).connect('demo');
    await gone(left);
    await eventually(async () => {
      const { items } = await overdue();
      if (items.length > 0) throw new Error(`It is still listed: ${JSON.stringify(items)}`);
    }, 20_000);
  }, 120_000);
});

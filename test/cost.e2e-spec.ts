import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Run, runToEnd } from './support/api-client';
import { directSql } from './support/direct-sql';
import { DocumentBuilder, sixInARow } from './support/document-builder';

interface Preview {
  statements: {
    step: string;
    known: string;
    bytes: { atMost: number | null };
    writes?: object;
    problem?: { code: string };
  }[];
  statementCount: number;
  bytesAtMost: number | null;
}
type CountedRun = Run & {
  statements: {
    step: string;
    queryId: string;
    state: string;
    stats?: Record<string, unknown>;
    estimatedCredits: number;
  }[];
};

const target = { database: 'DEMO', schema: 'PUBLIC' };
const NONE = { maxBytes: null, maxStatements: null, maxSeconds: null, maxTokens: null };

describe('What a run costs', () => {
  let stack: Stack;
  let demo: ApiClient;
  let analyst: ApiClient;

  beforeAll(async () => {
    stack = await startStack({ copies: 2 });
    [demo, analyst] = [new ApiClient(stack.gatewayUrl), new ApiClient(stack.gatewayUrl)];
    await demo.connect('demo');
    await analyst.connect('analyst');
  }, 120_000);
  afterAll(() => stack?.stop());

  const preview = (definition: object, api = demo) =>
    api.call<Preview>('POST', '/workflows/preview', { body: { definition } });
  const save = async (definition: object) =>
    (await demo.call<{ id: string }>('POST', '/workflows/save', { body: { definition } })).body.id;
  const copy = (table: string, mode = 'create') =>
    new DocumentBuilder('A copy')
      .tpch('orders', 'ORDERS')
      .node('dear', 'shape.filter', { conditions: [{ column: 'O_TOTALPRICE', operator: 'gt', value: 1.5 }] }, 'orders')
      .node('copy', 'output.table', { ...target, table, mode }, 'dear')
      .node('result', 'output.result', { name: 'All', view: 'table' }, 'dear')
      .build();

  it('is previewed with its values, writes included, and nothing is run', async () => {
    const { status, body } = await preview(copy('PREVIEWED'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ statementCount: 2, aiCalls: 0, tokens: { estimate: 0 } });
    const [written, shown] = ['copy', 'result'].map((id) => body.statements.find(({ step }) => step === id));
    expect(written).toMatchObject({
      known: 'before the run',
      writes: { ...target, table: 'PREVIEWED', mode: 'create' },
    });
    expect(shown?.bytes.atMost).toBeGreaterThan(10_000);
    expect(body.bytesAtMost).toBe((written?.bytes.atMost ?? 0) + (shown?.bytes.atMost ?? 0));
    const tables = await directSql(stack.warehouseUrl, "SHOW TABLES LIKE 'PREVIEWED' IN SCHEMA DEMO.PUBLIC");
    expect(tables).toEqual([]);
  });

  it('of what a role may not do says so, and of a draft with problems which', async () => {
    await directSql(stack.warehouseUrl, 'CREATE DATABASE IF NOT EXISTS CLOSED');
    const closed = new DocumentBuilder()
      .tpch('orders', 'ORDERS')
      .node('copy', 'output.table', { database: 'CLOSED', schema: 'PUBLIC', table: 'T', mode: 'create' }, 'orders')
      .build();
    const refused = await preview(closed, analyst);
    expect(refused.status).toBe(200);
    expect(refused.body).toMatchObject({ bytesAtMost: null, statements: [{ known: 'not known' }] });
    expect(['NO_ACCESS', 'SOURCE_NOT_FOUND']).toContain(refused.body.statements[0]?.problem?.code);
    const missing = new DocumentBuilder()
      .tpch('t', 'NOWHERE')
      .node('r', 'output.result', { name: 'r', view: 'table' }, 't');
    expect(await preview(missing.build())).toMatchObject({ status: 422, body: { code: 'WORKFLOW_INVALID' } });
  });

  it('is bounded by a budget that stops it before the statement that would pass it', async () => {
    const id = await save(copy('BOUNDED'));
    const { body } = await preview(copy('BOUNDED'));
    const one = Math.max(...body.statements.map(({ bytes }) => bytes.atMost ?? 0));
    const budget = { ...NONE, maxBytes: one };
    const saved = await demo.call('PUT', `/workflows/${id}/budget`, { body: budget });
    expect(saved).toMatchObject({ status: 200, body: { ...budget, tenant: NONE } });
    expect(await demo.call('GET', `/workflows/${id}/budget`)).toMatchObject({
      status: 200,
      body: saved.body as object,
    });
    const run = (await runToEnd(demo, { workflowId: id })) as CountedRun;
    expect(run).toMatchObject({ status: 'failed', error: { code: 'BUDGET_EXCEEDED' } });
    expect(run.statements).toHaveLength(1);
    await demo.call('PUT', `/workflows/${id}/budget`, {
      body: { ...NONE, maxBytes: body.bytesAtMost, maxSeconds: 3_600 },
    });
    await directSql(stack.warehouseUrl, 'DROP TABLE IF EXISTS DEMO.PUBLIC.BOUNDED');
    expect(await runToEnd(demo, { workflowId: id })).toMatchObject({ status: 'succeeded' });
  });

  it('has a budget that nobody else sees, and that bad numbers do not change', async () => {
    const id = await save(sixInARow());
    await demo.call('PUT', `/workflows/${id}/budget`, { body: { ...NONE, maxStatements: 3 } });
    for (const method of ['GET', 'PUT']) {
      const body = method === 'PUT' ? NONE : undefined;
      expect(await analyst.call(method, `/workflows/${id}/budget`, { body })).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      });
    }
    for (const body of [{ maxBytes: -1 }, { maxStatements: 1.5 }, { maxSeconds: 'long' }, { maxCredits: 1 }]) {
      const reply = await demo.call('PUT', `/workflows/${id}/budget`, { body });
      expect(reply).toMatchObject({ status: 422, body: { code: 'VALIDATION' } });
    }
    expect((await demo.call('GET', `/workflows/${id}/budget`)).body).toMatchObject({ maxStatements: 3 });
  });

  it('is bounded for every run by what an admin says', async () => {
    const limit = async (runBudget: object) => {
      const settings = (await demo.call<{ limits: object }>('GET', '/admin/settings')).body;
      return demo.call('PUT', '/admin/settings', { body: { ...settings, limits: { ...settings.limits, runBudget } } });
    };
    expect((await limit({ ...NONE, maxBytes: 5 })).status).toBe(200);
    const run = await runToEnd(demo, { definition: sixInARow() });
    expect(run.error).toMatchObject({ code: 'BUDGET_EXCEEDED', message: expect.stringContaining('your tenant') });
    expect((await limit(NONE)).status).toBe(200);
    expect(await runToEnd(demo, { definition: sixInARow() })).toMatchObject({ status: 'succeeded' });
  });

  it('is known by statement afterwards, as far as Snowflake says', async () => {
    const { id } = await runToEnd(demo, { definition: sixInARow() });
    const { statements, nodes } = await eventually(async () => {
      const run = (await demo.call<CountedRun>('GET', `/runs/${id}`)).body;
      return run.statements[0]?.stats ? run : false;
    });
    expect(statements).toEqual([
      {
        step: 'result',
        queryId: nodes['result']?.queryId,
        state: 'succeeded',
        attempts: 1,
        stats: expect.objectContaining({ rowsProduced: 3, partitionsScanned: 1, warehouseSize: 'X-Small' }),
        estimatedCredits: expect.any(Number),
      },
    ]);
    expect(statements[0]?.stats).not.toHaveProperty('bytesSpilled');
    expect(statements[0]?.stats).not.toHaveProperty('queueMs');
  });
});

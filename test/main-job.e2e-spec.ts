import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRows, ApiClient, Run, runToEnd } from './support/api-client';
import { directSql } from './support/direct-sql';
import { DocumentBuilder, sixInARow } from './support/document-builder';
import { type GivenStack, givenStack } from './support/given-stack';

const queries = ['tpch-q1', 'tpch-q3', 'tpch-q5', 'tpch-q6', 'tpch-q10'];
const fixture = (name: string) => readFileSync(join(__dirname, 'workflows', name), 'utf8');

describe('The main job through the API', () => {
  let stack: GivenStack;
  let api: ApiClient;

  beforeAll(async () => {
    stack = await givenStack();
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  it.each(queries)('gives for %s drawn as nodes what the direct SQL gives, value by value', async (name) => {
    const definition = JSON.parse(fixture(`${name}.json`));
    const run = await runToEnd(api, { definition });
    expect(run).toMatchObject({ status: 'succeeded' });

    const output = definition.nodes.find((node: { type: string }) => node.type === 'output.result');
    const result = await allRows(api, run.id, output.id);
    const direct = await directSql(stack.warehouseUrl, fixture(`${name}.sql`));

    expect(direct.length).toBeGreaterThan(0);
    expect(result.rowCount).toBe(direct.length);
    expect(result.rows.map(asText)).toEqual(direct.map(asText));
  });

  it('runs six relational nodes in a row as one statement, told by one query id and one SQL', async () => {
    const definition = sixInARow();
    const checked = await api.call<{ valid: boolean; plan: { nodes: string[]; sql: string }[] }>(
      'POST',
      '/workflows/validate',
      {
        body: { definition },
      },
    );
    expect(checked.body).toMatchObject({ valid: true });
    expect(checked.body.plan).toHaveLength(1);
    expect(checked.body.plan[0]?.nodes).toHaveLength(definition.nodes.length);

    const run = await runToEnd(api, { definition });
    expect(new Set(Object.values(run.nodes).map((node) => node.queryId)).size).toBe(1);
    expect(run.nodes.result?.rowCount).toBe(3);
    expect(run.nodes.sorted?.rowCount).toBeUndefined();
  });

  it('answers the shapes of the API for a saved workflow and its run', async () => {
    const saved = await api.call<{ id: string; revision: number }>('POST', '/workflows/save', {
      body: { definition: sixInARow() },
    });
    expect(saved.status).toBe(201);
    expect(saved.body).toEqual({ id: expect.stringMatching(/^wf_/), revision: 1, savedAt: expect.any(String) });

    const again = await api.call('POST', '/workflows/save', {
      body: { id: saved.body.id, revision: 1, definition: sixInARow() },
    });
    expect([again.status, again.body]).toEqual([200, expect.objectContaining({ revision: 1 })]);

    const changed = { ...sixInARow(), name: 'Renamed' };
    const second = await api.call('POST', '/workflows/save', {
      body: { id: saved.body.id, revision: 1, definition: changed },
    });
    expect(second.body).toMatchObject({ revision: 2 });

    const stale = await api.call('POST', '/workflows/save', {
      body: { id: saved.body.id, revision: 1, definition: { ...sixInARow(), name: 'Stale' } },
    });
    expect([stale.status, stale.body]).toEqual([
      409,
      expect.objectContaining({
        code: 'REVISION_CONFLICT',
        current: { revision: 2, definition: expect.objectContaining({ name: 'Renamed' }) },
      }),
    ]);

    const started = await api.call<{ runId: string; eventsUrl: string }>('POST', '/workflows/run', {
      body: { workflowId: saved.body.id },
    });
    expect([started.status, started.body]).toEqual([
      202,
      {
        runId: expect.stringMatching(/^run_/),
        status: 'queued',
        eventsUrl: expect.stringContaining(started.body.runId),
      },
    ]);

    const events = await eventsOf(api, started.body.runId);
    expect(events.map((event) => event.data.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(0)?.type).toBe('run.queued');
    expect(events.at(-1)?.type).toBe('run.succeeded');

    const resumed = await eventsOf(api, started.body.runId, 3);
    expect(resumed).toEqual(events.slice(3));

    const run = await api.call<Run>('GET', `/runs/${started.body.runId}`);
    expect(run.body).toMatchObject({ workflowId: saved.body.id, revision: 2, status: 'succeeded' });
    const inner = await api.call('GET', `/runs/${started.body.runId}/nodes/dear/result`);
    expect([inner.status, inner.body]).toEqual([409, expect.objectContaining({ code: 'NO_OWN_RESULT' })]);
    const rows = await allRows(api, started.body.runId, 'result');
    expect(rows.columns).toEqual([
      { name: 'O_ORDERPRIORITY', type: 'VARCHAR(15)', nullable: expect.any(Boolean) },
      { name: 'ORDERS', type: 'NUMBER(18,0)', nullable: expect.any(Boolean) },
      { name: 'REVENUE', type: expect.stringMatching(/^NUMBER\(\d+,2\)$/), nullable: expect.any(Boolean) },
    ]);
    expect(typeof rows.rows[0]?.[1]).toBe('string');
  });

  it('takes the branch that a condition decides and skips the other', async () => {
    const definition = new DocumentBuilder()
      .tpch('nations', 'NATION')
      .node('many', 'logic.condition', { expression: 'ROW_COUNT > 10' }, 'nations')
      .node('yes', 'output.result', { name: 'Many', view: 'table' }, 'many.true')
      .node('no', 'output.result', { name: 'Few', view: 'table' }, 'many.false')
      .build();
    const run = await runToEnd(api, { definition });
    expect([run.status, run.nodes.yes?.status, run.nodes.no?.status]).toEqual(['succeeded', 'succeeded', 'skipped']);
  });

  it('fails the node whose SQL fails, with what Snowflake said, and finishes the other branch', async () => {
    const definition = new DocumentBuilder()
      .tpch('nations', 'NATION')
      .node('bad', 'shape.select', { columns: [{ expression: 'TO_NUMBER(N_NAME)', as: 'N' }] }, 'nations')
      .node('broken', 'output.result', { name: 'Broken', view: 'table' }, 'bad')
      .node('fine', 'output.result', { name: 'Fine', view: 'table' }, 'nations')
      .build();
    const run = await runToEnd(api, { definition });
    expect(run.status).toBe('failed');
    expect(run.nodes.broken).toMatchObject({
      status: 'failed',
      error: { code: '100038', message: expect.stringContaining('is not recognized') },
    });
    expect(run.nodes.fine?.status).toBe('succeeded');
  });

  it('writes a table once', async () => {
    const definition = new DocumentBuilder()
      .tpch('regions', 'REGION')
      .node(
        'write',
        'output.table',
        { database: 'DEMO', schema: 'PUBLIC', table: 'REGIONS_ONCE', mode: 'create' },
        'regions',
      )
      .build();
    const run = await runToEnd(api, { definition });
    expect(run).toMatchObject({ status: 'succeeded' });
    expect(await directSql(stack.warehouseUrl, 'SELECT COUNT(*) FROM DEMO.PUBLIC.REGIONS_ONCE')).toEqual([['5']]);
    const result = await api.call('GET', `/runs/${run.id}/nodes/write/result`);
    expect(result.status).toBe(404);
  });
});

function asText(row: unknown[]): (string | null)[] {
  return row.map((value) => (value === null ? null : String(value)));
}

interface StreamedEvent {
  type: string;
  data: { seq: number; nodeId?: string };
}

/** All events of a run, read from the stream until the server ends it. */
async function eventsOf(api: ApiClient, runId: string, after?: number): Promise<StreamedEvent[]> {
  const response = await api.send('GET', `/runs/${runId}/events`, {
    headers: { accept: 'text/event-stream', ...(after === undefined ? {} : { 'last-event-id': String(after) }) },
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const blocks = (await response.text()).split('\n\n').filter((block) => block.includes('data:'));
  return blocks.map((block) => ({
    type: /^event: ?(.*)$/m.exec(block)?.[1] ?? '',
    data: JSON.parse(/^data: ?(.*)$/m.exec(block)?.[1] ?? '{}'),
  }));
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployBody, DeployedView, DeployPreview } from '@snowflow/contracts/workflow/deploy.dto';
import { startStack, Stack } from '@snowflow/testing/stack';
import { allRows, ApiClient, runToEnd } from './support/api-client';
import { directSql } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';

const queries = ['tpch-q1', 'tpch-q3', 'tpch-q5', 'tpch-q6', 'tpch-q10'];
const fixture = (name: string) => readFileSync(join(__dirname, 'workflows', name), 'utf8');
const asText = (row: readonly unknown[]) => row.map((value) => (value === null ? null : String(value)));
const asBag = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(asText(row))).toSorted();

describe('A workflow deployed to Snowflake', () => {
  let stack: Stack;
  let api: ApiClient;

  beforeAll(async () => {
    stack = await startStack();
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  const save = async (definition: object) =>
    (await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition } })).body.id;
  const name = (own: string) => ({ database: 'DEMO', schema: 'PUBLIC', name: own });
  const preview = async (id: string, body: DeployBody) =>
    api.call<DeployPreview>('POST', `/workflows/${id}/deploy`, { body });
  const apply = async (id: string, body: object) =>
    api.call<DeployedView>('POST', `/workflows/${id}/deploy/apply`, { body: { confirmed: true, ...body } });
  const direct = (sql: string, user?: string) => directSql(stack.warehouseUrl, sql, user);

  it.each(queries)('gives for %s the rows of its run, as a script and as a view', async (query) => {
    const definition = JSON.parse(fixture(`${query}.json`));
    const id = await save(definition);
    const run = await runToEnd(api, { workflowId: id });
    const output = definition.nodes.find((node: { type: string }) => node.type === 'output.result');
    const { rows } = await allRows(api, run.id, output.id);
    expect(rows.length).toBeGreaterThan(0);
    expect(asBag(await direct(fixture(`${query}.sql`)))).toEqual(asBag(rows));

    const script = await preview(id, { target: 'sql' });
    expect(script.body.statements).toHaveLength(1);
    expect((await direct(script.body.statements[0]?.sql ?? '')).map(asText)).toEqual(rows.map(asText));

    const view: DeployBody = { target: 'view', name: name(query.toUpperCase()) };
    const shown = await preview(id, view);
    const made = await apply(id, { ...view, fingerprint: shown.body.fingerprint });
    expect([made.status, made.body.state, made.body.created]).toEqual([
      200,
      'done',
      [`"DEMO"."PUBLIC"."${query.toUpperCase()}"`],
    ]);
    expect(asBag(await direct(`SELECT * FROM ${made.body.created[0]}`))).toEqual(asBag(rows));
  });

  it('keeps hostile values and names what they are, in the view that is made of them', async () => {
    const hostile = 'it\'s \\ $$ ; DROP VIEW "X" -- :a ? {{ b }}';
    const definition = new DocumentBuilder("Hostile ' $$ \\")
      .tpch('regions', 'REGION')
      .parameter('word', 'string', 'unused')
      .node('said', 'shape.select', { columns: [{ expression: '{{ parameters.word }}', as: 'W"; --' }] }, 'regions')
      .node('out', 'output.result', { name: 'Said', view: 'table' }, 'said')
      .build();
    const id = await save(definition);
    const body = { target: 'view', name: name('hostile "view" $$'), parameters: { word: hostile } } as const;
    const made = await apply(id, body);
    expect(made.body).toMatchObject({ state: 'done', statements: [{ outcome: 'succeeded' }] });
    expect(await direct(`SELECT DISTINCT * FROM ${made.body.created[0]}`)).toEqual([[hostile]]);
  });

  it('lets readers of the view read what its owner may, as was said before it was made', async () => {
    await direct('CREATE SCHEMA IF NOT EXISTS DEMO.CLOSED');
    await direct('CREATE TABLE DEMO.CLOSED.PAY AS SELECT 7 AS AMOUNT');
    const pay = { database: 'DEMO', schema: 'CLOSED', table: 'PAY' };
    const id = await save(
      new DocumentBuilder()
        .node('pay', 'source.table', pay)
        .node('out', 'output.result', { name: 'Pay', view: 'table' }, 'pay')
        .build(),
    );
    const body: DeployBody = { target: 'view', name: name('PAY_SEEN'), secure: true };
    expect((await preview(id, body)).body.rights).toMatchObject({
      decidedBy: 'owner',
      role: 'SYSADMIN',
      summary: expect.stringContaining('reads what SYSADMIN may read'),
      reads: [{ nodeId: 'pay', object: 'DEMO.CLOSED.PAY' }],
    });
    await apply(id, body);
    await expect(direct('SELECT * FROM DEMO.CLOSED.PAY', 'analyst')).rejects.toThrow(
      /does not exist or not authorized/,
    );
    expect(await direct('SELECT * FROM DEMO.PUBLIC.PAY_SEEN', 'analyst')).toEqual([['7']]);
  });

  it('fails where a view is, and replaces it only when asked to', async () => {
    const id = await save(
      new DocumentBuilder().tpch('r', 'REGION').node('out', 'output.result', { name: 'R', view: 'table' }, 'r').build(),
    );
    const body: DeployBody = { target: 'view', name: name('TWICE') };
    expect((await apply(id, body)).body.state).toBe('done');
    const again = await apply(id, body);
    expect([again.status, again.body]).toEqual([
      200,
      expect.objectContaining({
        state: 'failed',
        created: [],
        undo: [],
        statements: [
          expect.objectContaining({ outcome: 'failed', message: expect.stringContaining('already exists') }),
        ],
      }),
    ]);
    expect((await apply(id, { ...body, replace: true, secure: true })).body).toMatchObject({ state: 'done', undo: [] });
    expect(await direct('SELECT COUNT(*) FROM DEMO.PUBLIC.TWICE')).toEqual([['5']]);
  });

  it('refuses to make what was not shown like this, and what the local warehouse has not', async () => {
    const id = await save(
      new DocumentBuilder().tpch('r', 'REGION').node('out', 'output.result', { name: 'R', view: 'table' }, 'r').build(),
    );
    const body: DeployBody = { target: 'procedure', name: name('CALLED') };
    const changed = await apply(id, { ...body, fingerprint: 'of another day' });
    expect([changed.status, changed.body]).toEqual([409, expect.objectContaining({ code: 'DEPLOY_CHANGED' })]);
    const unconfirmed = await apply(id, { ...body, confirmed: false });
    expect(unconfirmed.status).toBe(422);
    const made = await apply(id, body);
    expect(made.body).toMatchObject({ state: 'failed', created: [], statements: [{ outcome: 'failed' }] });
  });

  it('writes tables as its run would, one statement of the script after another', async () => {
    await direct('CREATE TABLE DEMO.PUBLIC.KEPT AS SELECT * FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.REGION LIMIT 0');
    const kept = { database: 'DEMO', schema: 'PUBLIC', table: 'KEPT' };
    const id = await save(
      new DocumentBuilder()
        .tpch('r', 'REGION')
        .node('append', 'output.table', { ...kept, mode: 'append' }, 'r')
        .node('merge', 'output.table', { ...kept, mode: 'merge', keys: ['R_REGIONKEY'] }, 'r')
        .build(),
    );
    const { statements } = (await preview(id, { target: 'sql' })).body;
    for (const { sql } of statements) await direct(sql);
    expect(await direct('SELECT COUNT(*) FROM DEMO.PUBLIC.KEPT')).toEqual([['5']]);
  });
});

import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from './support/api-client';
import { directSql } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';

interface Policies {
  version: number;
  databases: string[] | null;
}
interface Problems {
  problems: { code: string; nodeId?: string; path?: string; message: string }[];
}
interface Matrix {
  roles: string[];
  nodes: { nodeId: string; cells: { role: string; state: string }[] }[];
}

const PLACE = { database: 'DEMO', schema: 'PUBLIC' };
const NONE = { databases: null, kinds: null, nodeTypes: null, models: null, targets: null, opaque: null };

describe('Policies of a tenant', () => {
  let stack: Stack;
  let demo: ApiClient;

  beforeAll(async () => {
    stack = await startStack();
    demo = new ApiClient(stack.gatewayUrl);
    await demo.connect('demo');
    for (const sql of [
      'CREATE OR REPLACE TABLE DEMO.PUBLIC.OWN AS SELECT 1 AS A',
      'CREATE OR REPLACE VIEW DEMO.PUBLIC.THROUGH AS SELECT N_NAME FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.NATION',
      'CREATE OR REPLACE SECURE VIEW DEMO.PUBLIC.HIDDEN AS SELECT A FROM DEMO.PUBLIC.OWN',
    ]) {
      await directSql(stack.warehouseUrl, sql);
    }
  }, 120_000);
  afterAll(() => stack?.stop());

  const allow = async (lists: object) => {
    const { body } = await demo.call<Policies>('GET', '/admin/policies');
    const saved = await demo.call('PUT', '/admin/policies', { body: { ...NONE, ...lists, version: body.version } });
    expect(saved).toMatchObject({ status: 200, body: { version: body.version + 1 } });
  };
  const reading = (table: string) =>
    new DocumentBuilder('Reads')
      .node('t', 'source.table', { ...PLACE, table })
      .node('r', 'output.result', { name: 'Rows', view: 'table' }, 't')
      .build();
  const denials = async (definition: object) => {
    const { body } = await demo.call<Problems>('POST', '/workflows/validate', { body: { definition } });
    return body.problems.filter(({ code }) => code === 'POLICY_DENIED').map(({ nodeId, path }) => [nodeId, path]);
  };

  it('hold in the catalog, while editing and when it runs, on what Snowflake resolves names to', async () => {
    await allow({ databases: ['demo.public'] });
    const databases = await demo.call<{ items: object[] }>('GET', '/catalog/databases');
    expect(databases.body.items).toContainEqual(
      expect.objectContaining({
        name: 'SNOWFLAKE_SAMPLE_DATA',
        denied: expect.objectContaining({ policy: 'databases' }),
      }),
    );
    const source = '/catalog/sources/SNOWFLAKE_SAMPLE_DATA/TPCH_SF1/NATION';
    expect(await demo.call('GET', source)).toMatchObject({ status: 403, body: { code: 'POLICY_DENIED' } });
    expect(await demo.call('GET', `${source}/preview`)).toMatchObject({ status: 403 });
    expect(await demo.call('GET', '/catalog/sources/DEMO/PUBLIC/THROUGH/preview')).toMatchObject({ status: 403 });
    expect(await demo.call('GET', '/catalog/sources/DEMO/PUBLIC/OWN/preview')).toMatchObject({ status: 200 });

    const nations = new DocumentBuilder('Nations')
      .tpch('t', 'NATION')
      .node('r', 'output.result', { name: 'N', view: 'table' }, 't');
    expect(await denials(nations.build())).toEqual([['t', 'table']]);
    expect(await denials(reading('HIDDEN'))).toEqual([['t', 'table']]);
    expect(await runToEnd(demo, { definition: reading('OWN') })).toMatchObject({ status: 'succeeded' });
    expect(await runToEnd(demo, { definition: reading('THROUGH') })).toMatchObject({
      status: 'failed',
      error: { code: 'POLICY_DENIED', message: expect.stringContaining('SNOWFLAKE_SAMPLE_DATA') as string },
    });
    await allow({ databases: ['DEMO.PUBLIC'], opaque: ['DEMO.PUBLIC.HIDDEN'] });
    expect(await runToEnd(demo, { definition: reading('HIDDEN') })).toMatchObject({ status: 'succeeded' });
    const selecting = (sql: string) =>
      new DocumentBuilder('Selects')
        .node('s', 'source.sql', { sql })
        .node('r', 'output.result', { name: 'Rows', view: 'table' }, 's')
        .build();
    expect(await denials(selecting('SELECT LEAK(A) AS A FROM DEMO.PUBLIC.OWN'))).toEqual([['s', 'sql']]);
    const builtIn = selecting("SELECT SUM(IFF(A > TRY_TO_NUMBER('0'), 1, 2)) AS S FROM DEMO.PUBLIC.OWN");
    expect(await runToEnd(demo, { definition: builtIn })).toMatchObject({ status: 'succeeded' });
    await allow({});
    expect(await runToEnd(demo, { definition: reading('THROUGH') })).toMatchObject({ status: 'succeeded' });
  }, 60_000);

  it('are refused with what is wrong with them, and are for admins', async () => {
    const { body } = await demo.call<Policies>('GET', '/admin/policies');
    const wrong = { ...NONE, databases: ['a b'], version: body.version };
    expect(await demo.call('PUT', '/admin/policies', { body: wrong })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'databases.0' }] },
    });
    const analyst = new ApiClient(stack.gatewayUrl);
    await analyst.connect('analyst');
    expect(await analyst.call('GET', '/admin/policies')).toMatchObject({ status: 403 });
    expect(await analyst.call('GET', '/policies')).toMatchObject({ status: 200, body: { version: body.version } });
  });

  it('stand on grants: which roles could run a workflow, and that a statement may', async () => {
    const definition = new DocumentBuilder('Writes')
      .tpch('nations', 'NATION')
      .node('few', 'shape.select', { columns: [{ column: 'N_NATIONKEY', as: 'A' }] }, 'nations')
      .node('w', 'output.table', { ...PLACE, table: 'OWN', mode: 'append' }, 'few')
      .build();
    const { status, body } = await demo.call<Matrix>('POST', '/workflows/access-matrix', { body: { definition } });
    expect(status).toBe(200);
    const stateOf = (id: string, role: string) =>
      body.nodes.find(({ nodeId }) => nodeId === id)?.cells.find((cell) => cell.role === role)?.state;
    expect([stateOf('nations', 'ANALYST'), stateOf('w', 'ANALYST')]).toEqual(['granted', 'missing']);
    expect([stateOf('nations', 'SYSADMIN'), stateOf('w', 'SYSADMIN')]).toEqual(['granted', 'granted']);
    expect(stateOf('w', 'ACCOUNTADMIN')).toBe('granted');
    const preview = await demo.call('POST', '/workflows/preview', { body: { definition } });
    expect(preview.body).toMatchObject({ statements: [{ step: 'w', access: { state: 'granted', by: 'explain' } }] });
  });
});

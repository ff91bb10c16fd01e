import type { MetadataRows, SubmitRequest } from '@snowflow/contracts/connections/connections.dto';
import type { CortexRequest } from '@snowflow/contracts/connections/cortex.dto';
import { parseSemanticYaml } from '@snowflow/contracts/semantic/semantic-yaml';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { runInScope } from '@snowflow/transport/request-scope';
import { sessionOf, startCatalog, TestCatalog } from '../testing/test-catalog';

const yaml = `name: orders_model
tables:
  - name: orders
    base_table: { database: D, schema: S, table: ORDERS }
    metrics: [{ name: order_count, expr: COUNT(*) }]
`;
const described: MetadataRows = {
  columns: ['object_kind', 'object_name', 'parent_entity', 'property', 'property_value'],
  rows: [
    [null, null, null, 'COMMENT', 'What was ordered'],
    ['TABLE', 'ORDERS', null, 'BASE_TABLE_DATABASE_NAME', 'D'],
    ['TABLE', 'ORDERS', null, 'BASE_TABLE_SCHEMA_NAME', 'S'],
    ['TABLE', 'ORDERS', null, 'BASE_TABLE_NAME', 'ORDERS'],
    ['TABLE', 'ORDERS', null, 'PRIMARY_KEY', '["O_ORDERKEY"]'],
    ['DIMENSION', 'STATUS', 'ORDERS', 'EXPRESSION', 'O_ORDERSTATUS'],
    ['DIMENSION', 'STATUS', 'ORDERS', 'DATA_TYPE', 'VARCHAR(1)'],
    ['DIMENSION', 'DAY', 'ORDERS', 'EXPRESSION', 'O_ORDERDATE'],
    ['DIMENSION', 'DAY', 'ORDERS', 'DATA_TYPE', 'DATE'],
    ['METRIC', 'ORDER_COUNT', 'ORDERS', 'EXPRESSION', 'COUNT(O_ORDERKEY)'],
    ['METRIC', 'ORDER_COUNT', 'ORDERS', 'SYNONYMS', '["number of orders"]'],
    [
      'EXTENSION',
      'CA',
      null,
      'VALUE',
      '{"tables":[{"name":"ORDERS","dimensions":[{"name":"STATUS","sample_values":["F","O"]}]}],"verified_queries":[{"name":"q","question":"How many?","sql":"SELECT 1"}]}',
    ],
  ],
};
const listed: MetadataRows = {
  columns: ['created_on', 'name', 'database_name', 'schema_name', 'comment', 'owner'],
  rows: [
    ['2026-01-02 03:04:05.000 -0800', 'SALES', 'D', 'S', 'c', 'SYSADMIN'],
    ['2026-01-02 03:04:05.000 -0800', 'ORDERS_MODEL', 'D', 'S', '', 'SYSADMIN'],
    ['2026-01-02 03:04:05.000 -0800', 'SALES', 'A', 'S', '', 'SYSADMIN'],
  ],
};

describe('Semantic models in the catalog', () => {
  let catalog: TestCatalog;
  let session: SessionRecord;
  let shown: string[];
  let submitted: SubmitRequest[];
  let asked: CortexRequest[];

  beforeAll(async () => {
    catalog = await startCatalog();
    const { answers } = catalog.connections;
    answers.metadata = async ({ sql }) => {
      shown.push(sql);
      return sql.startsWith('DESCRIBE') ? described : listed;
    };
    answers.submit = async (request) => {
      submitted.push(request);
      return { queryId: 'q1' };
    };
    answers.wait = async () => ({ state: 'succeeded', queryId: 'q1', columns: [], rowCount: 1, role: 'ANALYST' });
    answers.cortex = async (request) => {
      asked.push(request);
      const content = [
        { type: 'text', text: 'Read so' },
        { type: 'sql', statement: 'SELECT 1' },
      ];
      return { body: { message: { role: 'analyst', content } } };
    };
  });
  afterAll(() => catalog?.stop());
  beforeEach(async () => {
    session = sessionOf('ANALYST');
    await catalog.sessions.save(session, 60);
    [shown, submitted, asked] = [[], [], []];
  });

  const scoped = <T>(work: () => Promise<T>) => {
    const { tenantId, id: sessionId, userId } = session;
    return runInScope({ context: { tenantId, sessionId, userId, correlationId: 'c' } }, work);
  };

  it('lists the views of an account in one order, page by page, or those of a schema', async () => {
    const page = await scoped(() => catalog.client.semanticModels({ limit: 2 }));
    expect(page.items.map(({ database, name }) => [database, name])).toEqual([
      ['A', 'SALES'],
      ['D', 'ORDERS_MODEL'],
    ]);
    const next = await scoped(() => catalog.client.semanticModels({ limit: 2, cursor: page.nextCursor ?? '' }));
    expect(next).toMatchObject({ items: [{ database: 'D', name: 'SALES' }], nextCursor: null });
    await scoped(() => catalog.client.semanticModels({ database: 'D"', schema: 'S' }));
    expect(shown).toEqual(['SHOW SEMANTIC VIEWS IN ACCOUNT', 'SHOW SEMANTIC VIEWS IN SCHEMA "D"""."S"']);
  });

  it('reads a view as a model, and as YAML that reads as the same', async () => {
    const found = await scoped(() =>
      catalog.client.semanticModel({ database: 'D', schema: 'S', name: 'ORDERS_MODEL' }),
    );
    expect(found.model).toMatchObject({
      description: 'What was ordered',
      tables: [
        {
          primary_key: { columns: ['O_ORDERKEY'] },
          dimensions: [{ name: 'STATUS', sample_values: ['F', 'O'] }],
          time_dimensions: [{ name: 'DAY' }],
          metrics: [{ name: 'ORDER_COUNT', synonyms: ['number of orders'] }],
        },
      ],
      verified_queries: [{ question: 'How many?' }],
    });
    const { model, problems } = parseSemanticYaml(found.yaml);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(model?.tables[0]?.base_table).toEqual({ database: 'D', schema: 'S', table: 'ORDERS' });
  });

  it('says line by line what is wrong with a text', async () => {
    const { valid, problems } = await scoped(() =>
      catalog.client.validateSemanticModel({ yaml: 'name: x\ntables: []\n' }),
    );
    expect(valid).toBe(false);
    expect(problems).toEqual([expect.objectContaining({ line: 2, path: 'tables', message: 'A model needs a table' })]);
    expect((await scoped(() => catalog.client.validateSemanticModel({ yaml }))).valid).toBe(true);
  });

  it('makes a view as the person, the text a bind, and takes the place of another only where it is told to', async () => {
    const place = { database: 'D', schema: 'S"x', yaml };
    await expect(scoped(() => catalog.client.saveSemanticModel(place))).rejects.toMatchObject({ code: 'VALIDATION' });
    expect(submitted).toEqual([]);
    expect(await scoped(() => catalog.client.saveSemanticModel({ ...place, replace: true }))).toMatchObject({
      name: 'ORDERS_MODEL',
    });
    expect(submitted).toEqual([
      expect.objectContaining({
        sql: 'CALL SYSTEM$CREATE_SEMANTIC_VIEW_FROM_YAML(?, ?)',
        binds: ['"D"."S""x"', yaml],
        context: session.context,
      }),
    ]);
    await expect(scoped(() => catalog.client.saveSemanticModel({ ...place, yaml: 'name: x' }))).rejects.toMatchObject({
      code: 'VALIDATION',
    });
  });

  it('makes none for a viewer, nor where the tenant lets nothing be written', async () => {
    const place = { database: 'D', schema: 'S', yaml, replace: true };
    const policies = { ...NO_POLICIES, version: 1, targets: ['OTHER'] };
    await new TenantPoliciesStore(catalog.redis).save(session.tenantId, policies);
    const denied = scoped(() => catalog.client.saveSemanticModel(place));
    await expect(denied).rejects.toMatchObject({ code: 'POLICY_DENIED' });
    await catalog.sessions.save({ ...session, appRole: 'viewer' }, 60);
    await expect(scoped(() => catalog.client.saveSemanticModel(place))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(submitted).toEqual([]);
  });

  it('asks Analyst as the role of the session, and runs nothing', async () => {
    const question = { database: 'D', schema: 'S', name: 'lower', question: 'How many?' };
    expect(await scoped(() => catalog.client.askSemanticModel(question))).toEqual({
      text: 'Read so',
      sql: 'SELECT 1',
      suggestions: [],
    });
    expect(asked).toEqual([
      expect.objectContaining({
        service: 'analyst',
        context: session.context,
        body: expect.objectContaining({ semantic_view: 'D.S."lower"' }),
      }),
    ]);
    expect(submitted).toEqual([]);
  });
});

import { NO_POLICIES, type TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { sourceSql } from '@snowflow/nodes/source-sql/source-sql.definition';
import { PolyglotSqlParser } from '../sql/polyglot.sql-parser';
import { policyFaults } from './policy-faults';

let parser: PolyglotSqlParser;
beforeAll(async () => {
  parser = await PolyglotSqlParser.create();
});

const faults = (policies: Partial<TenantPolicies>, node: Partial<Parameters<typeof policyFaults>[1]>) =>
  policyFaults(
    { ...NO_POLICIES, ...policies },
    { type: 'source.table', definition: { group: 'source' }, config: {}, fields: [], parameters: [], ...node },
    { database: 'DEMO', schema: 'PUBLIC' },
    parser,
  ).map(({ path, policy }) => [path, policy]);
const ofSql = (policies: Partial<TenantPolicies>, sql: string) =>
  faults(policies, {
    type: 'source.sql',
    definition: sourceSql,
    config: { sql },
    fields: [{ path: 'sql', text: sql, kind: 'query' }],
  });

describe('The policies of a tenant, over a node', () => {
  it('hold against its type, its table, the kind of its source, and where it writes', () => {
    expect(faults({ nodeTypes: ['shape.filter'] }, {})).toEqual([[undefined, 'nodeTypes']]);
    const config = { database: 'DEMO', schema: 'PUBLIC', table: 'T' };
    expect(faults({ databases: ['DEMO'] }, { config })).toEqual([]);
    expect(faults({ databases: ['DEMO.OTHER'] }, { config })).toEqual([['database', 'databases']]);
    expect(faults({ kinds: ['view'] }, { config, kind: 'table' })).toEqual([['table', 'kinds']]);
    const writes = { type: 'output.table', definition: { group: 'output' as const }, config };
    expect(faults({ targets: ['DEMO.OUT'] }, writes)).toEqual([['database', 'targets']]);
    expect(faults({ targets: ['DEMO.PUBLIC'], databases: ['OTHER'] }, writes)).toEqual([['database', 'databases']]);
  });

  it('hold against models by name or beginning, wherever the config names one', () => {
    const config = { model: 'Claude-x', agents: [{ model: 'llama' }] };
    expect(faults({ models: ['claude-*'] }, { type: 'ai.agent', config })).toEqual([['agents.0.model', 'models']]);
  });

  it.each([
    ['SELECT * FROM DEMO.PUBLIC.T', []],
    ['SELECT * FROM t', []],
    ['SELECT * FROM secret.s.t', ['databases']],
    ['SELECT * FROM "demo".public.t', ['databases']],
    ['WITH t AS (SELECT * FROM secret.s.u) SELECT * FROM t', ['databases']],
    ['WITH q AS (SELECT 1 AS a) SELECT * FROM q WHERE EXISTS (SELECT 1 FROM secret.s.u)', ['databases']],
    ['SELECT * FROM SEMANTIC_VIEW(demo.public.v DIMENSIONS a.b)', ['opaque']],
    ['SELECT other.f(1)', ['opaque']],
    ["SELECT SNOWFLAKE.CORTEX.SENTIMENT('x')", []],
  ])('hold against what a text of SQL names: %s', (sql, policies) => {
    expect(ofSql({ databases: ['DEMO'] }, sql)).toEqual(policies.map((policy) => ['sql', policy]));
  });

  it.each([
    ["SELECT AI_COMPLETE('claude-4', 'x')", []],
    ["SELECT AI_COMPLETE('llama', 'x')", ['models']],
    ["SELECT SNOWFLAKE.CORTEX.COMPLETE('llama', 'x')", ['models']],
    ["SELECT AI_COMPLETE(model => 'llama', prompt => 'x')", ['models']],
    ['SELECT AI_COMPLETE(m, 1) FROM (SELECT 1 AS m) q', ['models']],
  ])('hold against the models that a text of SQL asks: %s', (sql, policies) => {
    expect(ofSql({ models: ['claude-*'] }, sql)).toEqual(policies.map((policy) => ['sql', policy]));
  });
});

import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import { sourceSql } from '@snowflow/nodes/source-sql/source-sql.definition';
import { PolyglotSqlParser } from '../sql/polyglot.sql-parser';
import { checkSqlField } from './check-sql';
import { policyFaults, tablesRead } from './policy-faults';

const DATABASES = 'databases';
const OPAQUE = 'opaque';

describe('A policy that allows DEMO only', () => {
  let parser: PolyglotSqlParser;
  beforeAll(async () => {
    parser = await PolyglotSqlParser.create();
  });

  const nodeOf = (sql: string) => ({
    type: 'source.sql',
    definition: sourceSql,
    config: { sql },
    fields: [{ path: 'sql', text: sql, kind: 'query' as const }],
    parameters: [],
  });
  const policiesAgainst = (sql: string, { database = 'DEMO', opaque = null as string[] | null } = {}) => {
    const policies = { ...NO_POLICIES, version: 1, databases: ['DEMO'], opaque };
    const faults = policyFaults(policies, nodeOf(sql), { database, schema: 'PUBLIC' }, parser);
    return [...new Set(faults.map(({ policy }) => policy))];
  };

  it.each([
    ['an unquoted name', 'SELECT * FROM secret.s.t'],
    ['a quoted name', 'SELECT * FROM "SECRET"."S"."T"'],
    ['a quoted name that only looks like an allowed one', 'SELECT * FROM "demo".PUBLIC.T'],
    ['a name without its schema', 'SELECT * FROM SECRET..T'],
    ['a query named like an allowed table', 'WITH OWN AS (SELECT * FROM SECRET.S.T) SELECT * FROM OWN'],
    ['the second half of a UNION', 'SELECT A FROM OWN UNION ALL SELECT A FROM SECRET.S.T'],
    ['what is taken away', 'SELECT A FROM OWN MINUS SELECT A FROM SECRET.S.T'],
    ['a scalar query', 'SELECT (SELECT MAX(A) FROM SECRET.S.T) FROM OWN'],
    ['a lateral query', 'SELECT * FROM OWN o, LATERAL (SELECT * FROM SECRET.S.T t WHERE t.A = o.A)'],
    ['the input of FLATTEN', 'SELECT * FROM OWN, LATERAL FLATTEN(INPUT => (SELECT ARRAY_AGG(A) FROM SECRET.S.T))'],
    ['QUALIFY', 'SELECT A FROM OWN QUALIFY A IN (SELECT A FROM SECRET.S.T)'],
    ['ORDER BY', 'SELECT A FROM OWN ORDER BY (SELECT MAX(A) FROM SECRET.S.T)'],
    ['time travel by a moment', 'SELECT * FROM SECRET.S.T AT(OFFSET => -60)'],
    ['time travel by a statement', "SELECT * FROM SECRET.S.T BEFORE(STATEMENT => '01b')"],
    ['changes', 'SELECT * FROM SECRET.S.T CHANGES(INFORMATION => DEFAULT) AT(OFFSET => -60)'],
    ['a pivot', 'SELECT * FROM SECRET.S.T PIVOT(SUM(A) FOR B IN (1))'],
    ['a sample', 'SELECT * FROM SECRET.S.T SAMPLE (10)'],
    ['an ASOF join', 'SELECT * FROM OWN ASOF JOIN SECRET.S.T MATCH_CONDITION (OWN.A >= T.A)'],
    ['the history of the account', 'SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.QUERY_HISTORY'],
  ])('is not escaped by %s', (_how, sql) => {
    expect(policiesAgainst(sql)).toEqual([DATABASES]);
  });

  it.each([
    ['a function of the account', 'SELECT OTHER.F(1)', 'DEMO.OTHER.F'],
    ['a semantic view', 'SELECT * FROM SEMANTIC_VIEW(DEMO.PUBLIC.V DIMENSIONS a.b)', 'DEMO.PUBLIC.V'],
    ['a file of a stage', "SELECT AI_COMPLETE('m', 'x', TO_FILE('@SECRET.S.STAGE', 'x'))", 'TO_FILE'],
    ['a link to a file', "SELECT BUILD_SCOPED_FILE_URL('@SECRET.S.STAGE', 'x')", 'BUILD_SCOPED_FILE_URL'],
    ['a parsed document', "SELECT SNOWFLAKE.CORTEX.PARSE_DOCUMENT('@SECRET.S.STAGE', 'x')", 'PARSE_DOCUMENT'],
    ['a search', "SELECT SNOWFLAKE.CORTEX.SEARCH_PREVIEW('SECRET.S.SVC', '{}')", 'SEARCH_PREVIEW'],
    ['a definition', "SELECT GET_DDL('VIEW', 'SECRET.S.V')", 'GET_DDL'],
  ])('needs an allowance of its own for %s', (_what, sql, name) => {
    expect(policiesAgainst(sql)).toEqual([OPAQUE]);
    expect(policiesAgainst(sql, { opaque: [name] })).toEqual([]);
  });

  it.each([
    "SELECT * FROM IDENTIFIER('SECRET.S.T')",
    "SELECT * FROM TABLE('SECRET.S.T')",
    "SELECT * FROM TABLE(RESULT_SCAN('01b2'))",
    'SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))',
    "SELECT * FROM TABLE(SECRET.S.F('x'))",
    'SELECT * FROM TABLE(SECRET.INFORMATION_SCHEMA.QUERY_HISTORY())',
    'SELECT * FROM @SECRET.S.STAGE',
    "SELECT * FROM '@SECRET.S.STAGE'",
    'SELECT * FROM DIRECTORY(@SECRET.S.STAGE)',
    'SELECT 1 ->> SELECT * FROM SECRET.S.T',
    "SELECT SYSTEM$STREAM_HAS_DATA('SECRET.S.X')",
    'TABLE SECRET.S.T',
  ])('is not asked about what no text of SQL may say: %s', (sql) => {
    expect(checkSqlField({ path: 'sql', text: sql, kind: 'query' }, [], parser)).toHaveLength(1);
  });

  it.each([
    ['outside the query that defines it', 'SELECT * FROM T, (WITH T AS (SELECT 1 A) SELECT * FROM T) q'],
    ['in the query that is named so', 'WITH T AS (SELECT * FROM T) SELECT * FROM T'],
    ['before it is defined', 'WITH A AS (SELECT * FROM T), T AS (SELECT 1 B) SELECT * FROM A, T'],
    ['in what a recursive query begins with', 'WITH T AS (SELECT * FROM T UNION ALL SELECT * FROM T) SELECT * FROM T'],
  ])('sees the table behind a name of a WITH %s', (_where, sql) => {
    expect(policiesAgainst(sql, { database: 'SECRET' })).toEqual([DATABASES]);
    expect(tablesRead(nodeOf(sql), { database: 'DEMO', schema: 'PUBLIC' }, parser)).toEqual([['DEMO', 'PUBLIC', 'T']]);
  });

  it('takes names of a WITH for what they are everywhere else', () => {
    const recursive =
      'WITH T AS (SELECT 1 A UNION ALL SELECT A + 1 FROM T WHERE A < 3) SELECT A FROM T UNION SELECT A FROM T';
    const nested =
      'WITH A AS (SELECT 1 N), B AS (SELECT * FROM A) SELECT * FROM (SELECT * FROM B) q WHERE N IN (SELECT N FROM A)';
    for (const sql of [recursive, nested]) expect(policiesAgainst(sql, { database: 'SECRET' })).toEqual([]);
  });
});

import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import { sourceSql } from '@snowflow/nodes/source-sql/source-sql.definition';
import { PolyglotSqlParser } from '../sql/polyglot.sql-parser';
import { policyFaults } from './policy-faults';

describe('A function called without its schema, where DEMO only is allowed', () => {
  let parser: PolyglotSqlParser;
  beforeAll(async () => {
    parser = await PolyglotSqlParser.create();
  });

  const faultsOf = (text: string, kind: 'query' | 'scalar' | 'aggregate', opaque: string[] | null) => {
    const fields = [{ path: 'sql', text, kind, columns: undefined }];
    const node = { type: 'source.sql', definition: sourceSql, config: { sql: text }, fields, parameters: [] };
    const policies = { ...NO_POLICIES, version: 1, databases: ['DEMO'], opaque };
    return policyFaults(policies, node, { database: 'DEMO', schema: 'PUBLIC' }, parser);
  };
  const refused = (text: string, opaque: string[] | null = null, kind: 'query' | 'scalar' | 'aggregate' = 'query') =>
    faultsOf(text, kind, opaque).map(({ policy, message }) => [policy, /the function (.+) without/.exec(message)?.[1]]);

  it.each([
    ['a column', 'SELECT leak(1) FROM T'],
    ['an argument', 'SELECT COALESCE(UPPER(leak (A)), 1) FROM T'],
    ['a comment between', 'SELECT leak /* (1) */ (1) FROM T'],
    ['a condition', 'SELECT A FROM T WHERE A BETWEEN 1 AND leak(2)'],
    ['ORDER BY', 'SELECT A FROM T ORDER BY leak(A)'],
    ['GROUP BY ROLLUP', 'SELECT COUNT(*) FROM T GROUP BY ROLLUP (leak(A))'],
    ['an aggregate', 'SELECT leak(DISTINCT A) WITHIN GROUP (ORDER BY A) FROM T'],
    ['a window', 'SELECT leak(A) OVER (PARTITION BY A) FROM T'],
    ['a frame of a window', 'SELECT SUM(A) OVER (ORDER BY leak(A)) FROM T'],
    ['a table function', 'SELECT * FROM LATERAL leak(1)'],
    ['the input of FLATTEN', 'SELECT * FROM T, LATERAL FLATTEN(INPUT => leak(A))'],
    ['a lambda', 'SELECT FILTER(A, x -> leak(x)) FROM T'],
    ['a list and an object', "SELECT [leak(1)], {'a': leak(2)}"],
    ['a query of a WITH', 'WITH leak(A) AS (SELECT leak(1)) SELECT A FROM leak'],
    ['a pattern of rows', 'SELECT * FROM T MATCH_RECOGNIZE (ORDER BY A PATTERN (x+) DEFINE x AS leak(A) > 1)'],
  ])('is refused by its name in %s', (_where, sql) => {
    expect(refused(sql)).toEqual([['opaque', 'LEAK']]);
  });

  it.each([
    ['of another dialect', 'SELECT GROUP_CONCAT(A) FROM T', 'GROUP_CONCAT'],
    ['of another dialect, beside a list of columns', 'WITH EXPLODE(A) AS (SELECT 1) SELECT EXPLODE(A)', 'EXPLODE'],
    ['of the grammar', 'SELECT PATTERN(A) FROM T', 'PATTERN'],
    ['of the grammar, outside its clause', 'SELECT CUBE(A) FROM T', 'CUBE'],
    ['of a type', 'SELECT VARCHAR(A) FROM T', 'VARCHAR'],
    ['like a built-in one in quotes', 'SELECT "sum"(A) FROM T', '"sum"'],
    ['in quotes', 'SELECT "Leak ""x"(A) FROM T', '"Leak ""x"'],
  ])('is refused where it has a name %s', (_what, sql, name) => {
    expect(refused(sql)).toEqual([['opaque', name]]);
  });

  it('is let through by its bare name alone, as no schema is sure to be the one that is meant', () => {
    const sql = 'SELECT leak(1) FROM T';
    for (const opaque of [['DEMO'], ['DEMO.PUBLIC'], ['DEMO.PUBLIC.LEAK']]) {
      expect(refused(sql, opaque)).toEqual([['opaque', 'LEAK']]);
    }
    expect(refused(sql, ['LEAK'])).toEqual([]);
    expect(refused('SELECT PUBLIC.leak(1)', ['DEMO.PUBLIC.LEAK'])).toEqual([]);
  });

  it('is refused in expressions', () => {
    expect(refused('leak(A) > 1', null, 'scalar')).toEqual([['opaque', 'LEAK']]);
    expect(refused('MAX(leak(A))', null, 'aggregate')).toEqual([['opaque', 'LEAK']]);
  });

  it.each([
    "SELECT SUM(A), IFF(A > 1, 1, 2), PARSE_JSON('{}'), TRY_TO_NUMBER('1'), \"SUM\"(A) FROM T",
    "SELECT AI_COMPLETE('m', 'x'), SNOWFLAKE.CORTEX.COMPLETE('m', 'x'), AI_SENTIMENT('x')",
    "SELECT COUNT(*), COUNT_IF(A = 1), LISTAGG(A, ',') WITHIN GROUP (ORDER BY A) FROM T GROUP BY ROLLUP (B), CUBE (C)",
    'SELECT A, COUNT(*) FROM T GROUP BY GROUPING SETS ((A), ()) HAVING (COUNT(*) > 1)',
    "SELECT DATEADD(day, 1, A), DATE_TRUNC('month', A), EXTRACT(year FROM A), CURRENT_DATE, CURRENT_TIMESTAMP() FROM T",
    'SELECT CAST(A AS VARCHAR(3)), A::NUMBER(3, 2), TRY_CAST(A AS DECIMAL(3, 1)), A::VECTOR(FLOAT, 3) FROM T',
    'SELECT A::ARRAY(NUMBER(3)), A::MAP(VARCHAR(3), NUMBER), A::OBJECT(b VARCHAR(2)) FROM T',
    'WITH t(a) AS (SELECT 1), "u" (b) AS (SELECT 2) SELECT t.a FROM t JOIN u ON (t.a = u.b)',
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL (SELECT i + 1 FROM n WHERE (i < 3))) SELECT i FROM n',
    'SELECT * FROM OWN AS x(a, b), (SELECT 1) y(c), LATERAL FLATTEN(INPUT => x.a) f(s, k, p, i, v, t)',
    'SELECT * FROM (VALUES (1, 2)) AS v(a, b)',
    'SELECT * FROM TABLE(FLATTEN(INPUT => [1])) AS f(a, b, c, d, e, g)',
    'SELECT * FROM T PIVOT(SUM(A) FOR B IN (1, 2)) AS p(x, y)',
    'SELECT * FROM T UNPIVOT(A FOR B IN (C, D)) AS p(x, y)',
    'SELECT * FROM T SAMPLE (10), OWN AT(OFFSET => -60)',
    'SELECT * EXCLUDE (A) RENAME (B AS C) FROM T',
    "SELECT A FROM T WHERE (A) IN (1) AND NOT (A = 2) OR EXISTS (SELECT 1) OR A LIKE ANY ('a', 'b') QUALIFY (ROW_NUMBER() OVER (ORDER BY A) = 1)",
    'SELECT CASE WHEN (A = 1) THEN (2) ELSE (3) END, LEFT(A, 1), RIGHT(A, 1), REPLACE(A, 1, 2), INSERT(A, 1, 1, 2) FROM T',
    'SELECT SUM(A) OVER (PARTITION BY B ORDER BY C ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM T JOIN U USING (A)',
  ])('is no function of Snowflake’s own: %s', (sql) => {
    expect(refused(sql)).toEqual([]);
  });
});

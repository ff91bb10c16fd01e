import { PolyglotSqlParser } from './polyglot.sql-parser';

describe('PolyglotSqlParser', () => {
  let parser: PolyglotSqlParser;
  beforeAll(async () => {
    parser = await PolyglotSqlParser.create();
  });

  const columns = ['A', 'B', 'C', 'D', 'q x'].map((name) => ({ name, type: 'NUMBER(38,0)', nullable: true }));
  const scalar = (sql: string) => parser.checkExpression(`(${sql})`, { columns, kind: 'scalar' });
  const aggregate = (sql: string) => parser.checkExpression(`(${sql})`, { columns, kind: 'aggregate' });

  it.each([
    'A + 1',
    'a * (1 - b)',
    'CASE WHEN A > 1 THEN B ELSE C END',
    'DATEADD(day, -3, D)',
    'DATE_TRUNC(month, D)',
    "D >= DATEADD(year, 1, CAST(? AS DATE)) AND A IN (1, 2) AND B LIKE 'x%'",
    'EXTRACT(year FROM D)',
    'A:b.c::string',
    '"q x" || A::VARCHAR(10)',
    'SUM(A) OVER (PARTITION BY B ORDER BY C)',
    "LISTAGG(A, ',') WITHIN GROUP (ORDER BY B) OVER (PARTITION BY C)",
    'CURRENT_DATE',
    'FILTER(A, x -> x > 1)',
    'TRANSFORM(A, x -> x.y + B)',
    "IFF(A > 1, 'y', NULL)",
    "{'k': A}",
    'ARRAY_CONSTRUCT(A, B)[0]',
    'NOT A IS DISTINCT FROM ?',
    "SNOWFLAKE.CORTEX.COMPLETE('mistral-large', A)",
    'MINE.DOUBLED(A) + 1',
  ])('accepts the expression %s', (sql) => {
    expect(scalar(sql)).toEqual([]);
  });

  it.each([
    ['(SELECT 1)', 'INVALID_SQL'],
    ['EXISTS (SELECT 1)', 'INVALID_SQL'],
    ['A IN (SELECT 1)', 'INVALID_SQL'],
    ['A AS X', 'INVALID_SQL'],
    ['*', 'INVALID_SQL'],
    ['A B', 'INVALID_SQL'],
    ['A +', 'INVALID_SQL'],
    ['SUM(A)', 'INVALID_SQL'],
    ['A FROM T', 'INVALID_SQL'],
    ['MISSING + 1', 'UNKNOWN_COLUMN'],
    ['"a"', 'UNKNOWN_COLUMN'],
    ['T.A', 'UNKNOWN_COLUMN'],
    ['MINE.DOUBLED(NOPE)', 'UNKNOWN_COLUMN'],
    ['UPPER(CASE WHEN NOPE THEN 1 END)', 'UNKNOWN_COLUMN'],
  ])('refuses the expression %s as %s', (sql, code) => {
    expect(scalar(sql).map((finding) => finding.code)).toEqual([code]);
  });

  it('suggests the column that was most likely meant', () => {
    const over = { columns: [{ name: 'O_ORDERDATE', type: 'DATE', nullable: true }], kind: 'scalar' as const };
    expect(parser.checkExpression('(YEAR(O_ORDERDAET))', over)).toEqual([
      expect.objectContaining({ code: 'UNKNOWN_COLUMN', suggestion: 'Did you mean O_ORDERDATE?' }),
    ]);
  });

  it('names no column as unknown where the columns are not known', () => {
    expect(parser.checkExpression('(ANY + THING)', { columns: undefined, kind: 'scalar' })).toEqual([]);
  });

  it.each([
    'COUNT(*) > 0 AND SUM(A) > 5',
    'MAX(CASE WHEN A > 1 THEN B END) = 3',
    'COUNT_IF(A > 1) > 0',
    'TRUE',
    '? = 1',
  ])('accepts %s over all rows', (sql) => expect(aggregate(sql)).toEqual([]));

  it.each(['A > 5', 'COALESCE(A, 0) > 5', 'SUM(A) > B'])('refuses %s over all rows: it is one of each row', (sql) => {
    expect(aggregate(sql).map((finding) => finding.code)).toEqual(['INVALID_SQL']);
  });

  it.each([
    'SELECT * FROM DB.S.T',
    'WITH x AS (SELECT 1 AS A) SELECT A FROM x UNION ALL SELECT 2',
    'SELECT A FROM T, LATERAL FLATTEN(input => V) f',
    'SELECT * FROM TABLE(GENERATOR(ROWCOUNT => 3))',
    'SELECT A FROM T WHERE B = ? QUALIFY ROW_NUMBER() OVER (PARTITION BY A ORDER BY B) = 1',
    'SELECT * FROM T PIVOT (SUM(A) FOR B IN (1, 2))',
  ])('accepts the query %s', (sql) => expect(parser.checkQuery(sql)).toEqual([]));

  it.each([
    'DELETE FROM T',
    'INSERT INTO T SELECT 1',
    'SELECT 1; SELECT 2',
    'CALL p()',
    'SHOW TABLES',
    'DROP TABLE T',
    'CREATE TABLE T AS SELECT 1',
    'SELECT A FROM @stage',
    'SELECT $1 FROM @~/x.csv',
    'SELECT A FROM T ->> SELECT 1',
    'WITH x AS (DELETE FROM T) SELECT 1',
    'SELECT FROM WHERE',
    '',
  ])('refuses the query %s', (sql) => {
    expect(parser.checkQuery(sql).map((finding) => finding.code)).toEqual(['INVALID_SQL']);
  });
});

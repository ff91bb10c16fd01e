import type { LineageSource } from '@snowflow/nodes/kit/lineage';
import { columnsOf } from '@snowflow/nodes/kit/columns-of';
import { PolyglotSqlParser } from '../polyglot.sql-parser';

describe('The lineage of a query', () => {
  let parser: PolyglotSqlParser;
  beforeAll(async () => {
    parser = await PolyglotSqlParser.create();
  });

  const inputs = new Map(
    Object.entries({ T: 'A N, B N, K N', U: 'C N, D N, K N' }).map(([name, columns]) => [
      name,
      { port: name, edge: 0, columns: columnsOf(columns) },
    ]),
  );
  const shown = (source: LineageSource): string[] => {
    if (source.kind === 'column') return [`${source.port}.${source.column}`];
    if (source.kind === 'table') return source.column === null ? [] : [`${source.table}.${source.column}`];
    return source.kind === 'unknown' ? ['?'] : [];
  };
  const unique = (list: string[]) => [...new Set(list)].toSorted().join(' ');
  const lineage = (sql: string, names: string[]) => {
    const query = parser.lineageOf(sql, inputs, () => undefined);
    const columns = query.columns(names).map(({ value, influence }) => {
      const decided = unique(influence.flatMap(shown));
      return decided === '' ? unique(value.flatMap(shown)) : `${unique(value.flatMap(shown))} | ${decided}`;
    });
    return { columns, rows: unique(query.rows.influence.flatMap(shown)) };
  };
  const columns = (sql: string, names: string[]) => lineage(sql, names).columns;

  it.each<[string, string[], string[]]>([
    ['SELECT A, B + 1 AS X, 5 AS Y FROM T', ['A', 'X', 'Y'], ['T.A', 'T.B', '']],
    ['SELECT * FROM t', ['A', 'B', 'K'], ['T.A', 'T.B', 'T.K']],
    ['SELECT x.*, C FROM t AS x JOIN u ON x.K = u.K', ['A', 'B', 'K', 'C'], ['T.A', 'T.B', 'T.K', 'U.C']],
    ['SELECT * EXCLUDE (A) RENAME (B AS Z) FROM t', ['Z', 'K'], ['T.B', 'T.K']],
    ['SELECT * REPLACE (A + B AS A) FROM t', ['A', 'B', 'K'], ['T.A T.B', 'T.B', 'T.K']],
    ['SELECT * FROM t JOIN u USING (K)', ['A', 'B', 'K', 'C', 'D'], ['T.A', 'T.B', 'T.K U.K', 'U.C', 'U.D']],
    ['SELECT K FROM t, u', ['K'], ['?']],
    ['WITH x (P) AS (SELECT A FROM t), y AS (SELECT P + 1 AS Q FROM x) SELECT Q FROM y', ['Q'], ['T.A']],
    ['WITH RECURSIVE r AS (SELECT 1 AS N UNION ALL SELECT N + 1 FROM r) SELECT N FROM r', ['N'], ['?']],
    ['SELECT A FROM t UNION ALL SELECT D FROM u', ['A'], ['T.A U.D']],
    ['SELECT A FROM t EXCEPT SELECT D FROM u', ['A'], ['T.A | U.D']],
    ['SELECT A AS X, X + B AS Y FROM t', ['X', 'Y'], ['T.A', 'T.A T.B']],
    ['SELECT SUM(A) OVER (PARTITION BY B ORDER BY K) AS S FROM t', ['S'], ['T.A | T.B T.K']],
    ['SELECT (SELECT MAX(C) FROM u WHERE u.K = t.K) AS M FROM t', ['M'], ['U.C | T.K U.K']],
    ['SELECT EXISTS (SELECT 1 FROM u WHERE u.K = t.K) AS M FROM t', ['M'], [' | T.K U.K']],
    ['SELECT f.VALUE:a.b::string AS V FROM t, LATERAL FLATTEN(input => t.A) f', ['V'], ['T.A']],
    ['SELECT v.P FROM (VALUES (1, 2)) AS v (P, Q)', ['P'], ['']],
    ['SELECT TRANSFORM(A, x -> x.y + B) AS L FROM t', ['L'], ['T.A T.B']],
    ['SELECT DATE_TRUNC(month, A) AS M, DATEADD(day, 1, B) AS D FROM t', ['M', 'D'], ['T.A', 'T.B']],
    ['SELECT MAX(A) FROM t', ['MAX(A)'], ['T.A']],
    ['SELECT X FROM DB.S.ORDERS', ['X'], ['ORDERS.X']],
    ['SELECT *, Y + 1 AS Z FROM DB.S.ORDERS', ['Y', 'Z'], ['ORDERS.Y', 'ORDERS.Y']],
    ['SELECT X, o.Y, C FROM DB.S.ORDERS o, u', ['X', 'Y', 'C'], ['ORDERS.X', 'ORDERS.Y', 'U.C']],
    ['SELECT X FROM DB.S.ORDERS, DB.S.LINES', ['X'], ['?']],
    ['SELECT * FROM t PIVOT (SUM(A) FOR B IN (1, 2))', ['1'], ['?']],
    ['SELECT $1 FROM t', ['$1'], ['?']],
    ['SELECT A FROM t SAMPLE (10)', ['A'], ['?']],
    ['SELECT FROM WHERE', ['A'], ['?']],
  ])('of the columns of %s', (sql, names, expected) => expect(columns(sql, names)).toEqual(expected));

  it.each([
    ['SELECT A FROM t WHERE B > 1', 'T.B'],
    ['SELECT A FROM t JOIN u ON t.K = u.K', 'T.K U.K'],
    ['SELECT SUM(A) AS S FROM t GROUP BY B HAVING MAX(K) > 1', 'T.B T.K'],
    ['SELECT B, SUM(A) AS S FROM t GROUP BY 1', 'T.B'],
    ['SELECT B + 1 AS X, SUM(A) AS S FROM t GROUP BY X', 'T.B'],
    ['SELECT B, SUM(A) AS S FROM t GROUP BY ALL', 'T.B'],
    ['SELECT DISTINCT A FROM t', 'T.A'],
    ['SELECT A FROM t UNION SELECT D FROM u', 'T.A U.D'],
    ['SELECT A FROM t ORDER BY B', ''],
    ['SELECT A FROM t ORDER BY B LIMIT 3', 'T.B'],
    ['SELECT A FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY B ORDER BY K) = 1', 'T.B T.K'],
    ['SELECT A FROM t WHERE K IN (SELECT C FROM u WHERE D = 1)', 'T.K U.C U.D'],
    ['SELECT A FROM (SELECT A FROM t WHERE B = 1) x', 'T.B'],
  ])('of the rows of %s', (sql, expected) => expect(lineage(sql, ['A']).rows).toEqual(expected));
});

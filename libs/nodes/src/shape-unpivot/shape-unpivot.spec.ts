import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { renderBinds } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import { shapeUnpivot } from './shape-unpivot.definition';
import { shapeUnpivotSql } from './shape-unpivot.sql';

const input = columnsOf(
  'P_PARTKEY NUMBER(38,0), P_RETAILPRICE NUMBER(12,2), P_SALEPRICE NUMBER(9,4), P_NAME VARCHAR(55), P_MADE DATE',
);

conformance('shape.unpivot', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ columns: [name], nameColumn: `${name}2`, valueColumn: `${name}3` }),
});

describe('shape.unpivot', () => {
  const context = { inputs: { in: [input] }, kinds: {}, parameters: [], known: undefined };
  const config = (more: object) =>
    shapeUnpivot.config.parse({
      columns: ['P_RETAILPRICE', 'P_SALEPRICE'],
      nameColumn: 'KIND',
      valueColumn: 'PRICE',
      ...more,
    });

  it('gives the other columns, a name, and a value of the type that holds all', () => {
    expect(shapeUnpivot.outputColumns(config({}), context).out).toEqual([
      input[0],
      input[3],
      input[4],
      { name: 'KIND', type: 'VARCHAR(16777216)', nullable: false },
      { name: 'PRICE', type: 'NUMBER(14,4)', nullable: false },
    ]);
  });

  it('reads its input once, with the names as binds', () => {
    const relation = { from: identifier('r'), columns: input.slice(0, 3), hidden: [], order: [] };
    const columns = columnsOf('P_PARTKEY NUMBER(38,0), KIND VARCHAR(16777216), PRICE NUMBER(14,4)');
    const { query } = shapeUnpivotSql.compose(
      config({ includeNulls: true }),
      { in: [relation] },
      { columns, parameters: [] },
    );
    expect(renderBinds(query)).toEqual({
      sql: 'SELECT "l"."P_PARTKEY" AS "P_PARTKEY", CAST("t"."name" AS VARCHAR(16777216)) AS "KIND", CASE "t"."number" WHEN 1 THEN CAST("l"."P_RETAILPRICE" AS NUMBER(14,4)) WHEN 2 THEN CAST("l"."P_SALEPRICE" AS NUMBER(14,4)) END AS "PRICE" FROM "r" AS "l" CROSS JOIN (VALUES (1, ?), (2, ?)) AS "t" ("number", "name")',
      binds: ['P_RETAILPRICE', 'P_SALEPRICE'],
    });
  });

  it('finds columns that are missing or chosen twice, kinds that differ, and names that are taken', () => {
    const wrong = config({
      columns: ['P_RETAILPRICE', 'P_NAME', 'NOPE', 'P_RETAILPRICE'],
      nameColumn: 'P_PARTKEY',
      valueColumn: 'P_PARTKEY',
    });
    expect(shapeUnpivot.check(wrong, context).map(({ code, path }) => [code, path])).toEqual([
      ['UNKNOWN_COLUMN', 'columns.2'],
      ['AMBIGUOUS_COLUMN', 'columns.3'],
      ['TYPE_MISMATCH', 'columns.1'],
      ['AMBIGUOUS_COLUMN', 'nameColumn'],
      ['AMBIGUOUS_COLUMN', 'valueColumn'],
    ]);
  });
});

import { columnsAlone } from '../kit/needed';
import { renderText } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import { shapeUnionSql } from './shape-union.sql';
import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const input = columnsOf(
  'O_ORDERKEY NUMBER(38,0), O_CUSTKEY NUMBER(38,0), O_ORDERSTATUS VARCHAR(1), O_TOTALPRICE NUMBER(12,2), O_ORDERDATE DATE, O_ORDERPRIORITY VARCHAR(15), O_CLERK VARCHAR(15)',
);

conformance('shape.union', {
  folder: __dirname,
  input,
  hostileNames: () => ({}),
});

describe('What shape.union needs of its inputs', () => {
  const relation = (name: string, columns: string) => ({
    from: identifier(name),
    columns: columnsOf(columns),
    hidden: [],
    order: [],
  });
  const inputs = { in: [relation('l', 'A DATE, B DATE'), undefined, relation('r', 'C DATE, A DATE')] };
  const narrow = (all: boolean, byName: boolean) => {
    const columns = columnsOf(byName ? 'A DATE, B DATE, C DATE' : 'A DATE, B DATE');
    const needed = columnsAlone(['A']);
    const needs = shapeUnionSql.columnsNeeded?.({ all, byName }, inputs, { columns, needed });
    const { query } = shapeUnionSql.compose({ all, byName }, inputs, { columns, parameters: [], needed });
    return [needs?.in?.map((one) => [...one.columns]), renderText(query)];
  };

  it('is the columns of the same name, or in the same place', () => {
    expect(narrow(true, true)).toEqual([[['A'], [], ['A']], 'SELECT "A" FROM "l" UNION ALL SELECT "A" FROM "r"']);
    expect(narrow(true, false)).toEqual([
      [['A'], [], ['C']],
      'SELECT "A" FROM "l" UNION ALL SELECT "C" AS "A" FROM "r"',
    ]);
  });

  it('is everything where repeated rows are dropped: which those are depends on all columns', () => {
    expect(narrow(false, false)).toEqual([
      [['A', 'B'], [], ['C', 'A']],
      'SELECT "A", "B" FROM "l" UNION SELECT "C" AS "A", "A" AS "B" FROM "r"',
    ]);
  });
});

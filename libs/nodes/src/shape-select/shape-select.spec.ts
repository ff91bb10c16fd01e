import { columnsAlone } from '../kit/needed';
import { renderText } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import type { Needed } from '../kit/sql-node';
import { shapeSelectSql } from './shape-select.sql';
import { shapeSelect } from './shape-select.definition';
import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const input = columnsOf(
  'L_ORDERKEY NUMBER(38,0), L_SHIPDATE DATE, L_EXTENDEDPRICE NUMBER(12,2), L_DISCOUNT NUMBER(12,2)',
);

conformance('shape.select', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ columns: [{ column: name }, { expression: '1', as: `${name}2` }] }),
});

describe('shape.select that keeps the other columns', () => {
  it('renames in place, replaces a column by its expression, and appends new ones', () => {
    const config = shapeSelect.config.parse({
      keepOthers: true,
      columns: [
        { expression: 'L_DISCOUNT + 1', as: 'L_DISCOUNT' },
        { column: 'L_ORDERKEY', as: 'KEY' },
        { expression: '1', as: 'ONE' },
      ],
    });
    const { out } = shapeSelect.outputColumns(config, {
      inputs: { in: [input] },
      kinds: {},
      parameters: [],
      known: undefined,
    });
    expect(out?.map(({ name, type }) => [name, type])).toEqual([
      ['KEY', 'NUMBER(38,0)'],
      ['L_SHIPDATE', 'DATE'],
      ['L_EXTENDEDPRICE', 'NUMBER(12,2)'],
      ['L_DISCOUNT', ''],
      ['ONE', ''],
    ]);
  });
});

describe('What shape.select needs', () => {
  const relation = {
    from: identifier('r'),
    columns: input,
    hidden: [],
    order: [{ column: 'L_SHIPDATE', direction: 'asc' as const }],
  };
  const config = shapeSelect.config.parse({
    columns: [
      { column: 'L_ORDERKEY', as: '__order_1' },
      { expression: 'L_EXTENDEDPRICE * 2', as: 'TWICE' },
    ],
  });
  const narrow = (needed: Needed) =>
    shapeSelectSql.compose(config, { in: [relation] }, { columns: [], parameters: [], needed });

  it('is what its needed columns are computed from', () => {
    const needed = columnsAlone(['TWICE']);
    expect(shapeSelectSql.columnsNeeded?.(config, { in: [relation] }, { columns: [], needed })).toEqual({
      in: [columnsAlone(['L_EXTENDEDPRICE'])],
    });
    expect(renderText(narrow(needed).query)).toBe('SELECT (L_EXTENDEDPRICE * 2) AS "TWICE" FROM "r"');
  });

  it('keeps the name of a hidden column, whichever columns beside it are needed', () => {
    expect(narrow({ columns: new Set(['TWICE']), order: true })).toMatchObject({ hidden: ['__order_2'] });
  });
});

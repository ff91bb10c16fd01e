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

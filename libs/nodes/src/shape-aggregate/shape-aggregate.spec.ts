import { columnsAlone } from '../kit/needed';
import { renderText } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import { shapeAggregate } from './shape-aggregate.definition';
import { shapeAggregateSql } from './shape-aggregate.sql';
import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const input = columnsOf(
  'O_ORDERKEY NUMBER(38,0), O_CUSTKEY NUMBER(38,0), O_ORDERSTATUS VARCHAR(1), O_TOTALPRICE NUMBER(12,2), O_ORDERDATE DATE, O_ORDERPRIORITY VARCHAR(15), O_CLERK VARCHAR(15)',
);

conformance('shape.aggregate', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ groupBy: [name], measures: [{ function: 'max', column: name, as: `${name}2` }] }),
});

describe('What shape.aggregate needs', () => {
  const narrow = (settings: object, ...names: string[]) => {
    const config = shapeAggregate.config.parse(settings);
    const inputs = { in: [{ from: identifier('r'), columns: input, hidden: [], order: [] }] };
    const context = { columns: columnsOf('O_CLERK VARCHAR(15), S NUMBER(38,2), N NUMBER(18,0)'), parameters: [] };
    const needed = columnsAlone(names);
    const { query } = shapeAggregateSql.compose(config, inputs, { ...context, needed });
    return [shapeAggregateSql.columnsNeeded?.(config, inputs, { ...context, needed }), renderText(query)];
  };
  const measures = [
    { function: 'sum', column: 'O_TOTALPRICE', as: 'S' },
    { function: 'count', as: 'N' },
  ];

  it('is every group, whichever of them is shown, and what needed measures measure', () => {
    expect(narrow({ groupBy: ['O_CLERK'], measures }, 'N')).toEqual([
      { in: [columnsAlone(['O_CLERK'])] },
      'SELECT COUNT(*) AS "N" FROM "r" GROUP BY "O_CLERK"',
    ]);
  });

  it('is also what groups are kept by', () => {
    expect(narrow({ groupBy: ['O_CLERK'], measures, having: 's > 3' }, 'N')).toEqual([
      { in: [columnsAlone(['O_CLERK', 'O_TOTALPRICE'])] },
      'SELECT "N" FROM (SELECT SUM("O_TOTALPRICE") AS "S", COUNT(*) AS "N" FROM "r" GROUP BY "O_CLERK") WHERE (s > 3)',
    ]);
  });
});

import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { columnsOf } from '@snowflow/nodes/kit/columns-of';
import { draw, Drawn, tpch } from '../fixtures/draw';
import { tpchKnowledge } from '../fixtures/tpch-tables';
import { validate } from './validate';

/** Errors of the nodes after ORDERS and NATION; `known` is what was described. */
function errors(nodes: readonly Drawn[], known: Record<string, Knowledge> = {}) {
  const document = draw(tpch('orders', 'ORDERS'), tpch('nation', 'NATION'), ...nodes);
  const knowledge = new Map([...tpchKnowledge(document), ...Object.entries(known)]);
  return validate(document, knowledge)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code, nodeId, path }) => `${code} ${nodeId} ${path}`);
}

describe('While a workflow is edited', () => {
  const sum = { function: 'sum', column: 'O_TOTALPRICE' };
  const by = [{ column: 'O_ORDERKEY' }];

  it.each<[string, Drawn, string[]]>([
    [
      'a key of another type',
      ['x', 'shape.join', { on: [{ left: 'O_CLERK', right: 'N_NATIONKEY' }] }, 'orders', 'nation'],
      ['TYPE_MISMATCH x on.0.right'],
    ],
    [
      'a key that is missing',
      ['x', 'shape.join', { on: [{ left: 'O_CUSTKEYS', right: 'N_NAME' }] }, 'orders', 'nation'],
      ['UNKNOWN_COLUMN x on.0.left'],
    ],
    [
      'a group that is missing',
      ['x', 'shape.aggregate', { groupBy: ['CLERK'], measures: [{ ...sum, as: 'S' }] }, 'orders'],
      ['UNKNOWN_COLUMN x groupBy.0'],
    ],
    [
      'a measure of texts',
      ['x', 'shape.aggregate', { measures: [{ function: 'median', column: 'O_CLERK', as: 'S' }] }, 'orders'],
      ['TYPE_MISMATCH x measures.0.column'],
    ],
    [
      'a measure called like a group',
      ['x', 'shape.aggregate', { groupBy: ['O_CLERK'], measures: [{ ...sum, as: 'O_CLERK' }] }, 'orders'],
      ['AMBIGUOUS_COLUMN x measures.0.as'],
    ],
    [
      'a column that is missing in distinct',
      ['x', 'shape.distinct', { columns: ['O_STATUS'] }, 'orders'],
      ['UNKNOWN_COLUMN x columns.0'],
    ],
    [
      'a part that is missing in a window',
      [
        'x',
        'shape.window',
        { partitionBy: ['CUST'], orderBy: by, functions: [{ function: 'rank', as: 'R' }] },
        'orders',
      ],
      ['UNKNOWN_COLUMN x partitionBy.0'],
    ],
    [
      'a window’s sum of dates',
      ['x', 'shape.window', { functions: [{ function: 'sum', column: 'O_ORDERDATE', as: 'R' }] }, 'orders'],
      ['TYPE_MISMATCH x functions.0.column'],
    ],
    [
      'a pivot’s value of another type',
      ['x', 'shape.pivot', { column: 'O_ORDERDATE', values: [{ value: 'soon' }], measure: sum }, 'orders'],
      ['TYPE_MISMATCH x values.0.value'],
    ],
    [
      'columns of two kinds in unpivot',
      ['x', 'shape.unpivot', { columns: ['O_CLERK', 'O_TOTALPRICE'], nameColumn: 'N', valueColumn: 'V' }, 'orders'],
      ['TYPE_MISMATCH x columns.1'],
    ],
    [
      'a cell of another type',
      ['x', 'source.values', { columns: [{ name: 'A', type: 'DATE' }], rows: [['1998-01-01'], ['soon']] }],
      ['TYPE_MISMATCH x rows.1.0'],
    ],
    [
      'an edge to an input that was renamed',
      ['x', 'shape.sql', { inputs: ['o'], sql: 'SELECT * FROM o' }, 'orders>orders'],
      ['UNKNOWN_PORT x orders', 'MISSING_INPUT x o'],
    ],
  ])('%s is named at its field', (_what, node, problems) => expect(errors([node])).toEqual(problems));

  it('a name that a join would give twice is named, and none once it has a suffix', () => {
    const joined = (suffix?: string): Drawn[] => [
      [
        'k',
        'shape.select',
        {
          columns: [
            { column: 'N_NATIONKEY', as: 'O_CUSTKEY' },
            { column: 'N_NAME', as: 'O_CLERK' },
          ],
        },
        'nation',
      ],
      ['o', 'shape.select', { columns: [{ column: 'O_CLERK', as: 'O_CLERK_RIGHT' }], keepOthers: true }, 'orders'],
      ['p', 'shape.select', { columns: [{ expression: "'x'", as: 'O_CLERK' }], keepOthers: true }, 'o'],
      ['x', 'shape.join', { on: [{ left: 'O_CUSTKEY', right: 'O_CUSTKEY' }], ...(suffix ? { suffix } : {}) }, 'p', 'k'],
    ];
    expect(errors(joined())).toEqual(['AMBIGUOUS_COLUMN x suffix']);
    expect(errors(joined('_NATION'))).toEqual([]);
  });

  it('the columns of described SQL and expressions reach the nodes after them', () => {
    const nodes: Drawn[] = [
      ['y', 'shape.select', { columns: [{ expression: 'YEAR(O_ORDERDATE)', as: 'Y' }] }, 'orders'],
      ['s', 'shape.sql', { inputs: ['years'], sql: 'SELECT Y, 1 AS ONE FROM years' }, 'y>years'],
      ['f', 'shape.filter', { conditions: [{ column: 'Y', operator: 'eq', value: 'long ago' }] }, 's'],
      ['g', 'shape.sort', { by: [{ column: 'TWO' }] }, 'f'],
    ];
    expect(errors(nodes)).toEqual([]);
    const described: Knowledge = { state: 'found', columns: columnsOf('Y NUMBER(4,0), ONE NUMBER(1,0)') };
    expect(errors(nodes, { s: described })).toEqual([
      'TYPE_MISMATCH f conditions.0.value',
      'UNKNOWN_COLUMN g by.0.column',
    ]);
  });
});

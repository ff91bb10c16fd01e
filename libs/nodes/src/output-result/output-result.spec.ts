import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { outputResult } from './output-result.definition';

const input = columnsOf(
  'O_ORDERKEY NUMBER(38,0), O_CUSTKEY NUMBER(38,0), O_ORDERSTATUS VARCHAR(1), O_TOTALPRICE NUMBER(12,2), O_ORDERDATE DATE, O_ORDERPRIORITY VARCHAR(15), O_CLERK VARCHAR(15)',
);

conformance('output.result', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ name }),
});

describe('The chart of a result', () => {
  const context = { inputs: { in: [input] }, kinds: {}, parameters: [], known: undefined };
  const charted = (field: string, view = 'chart') =>
    outputResult.config.parse({ name: 'Chart', view, chart: { encoding: { y: { field } } } });

  it('names columns that are there, while it is shown as one', () => {
    expect(outputResult.check(charted('O_CLERC'), context)).toMatchObject([
      { code: 'UNKNOWN_COLUMN', path: 'chart.encoding.y.field', suggestion: 'Did you mean “O_CLERK”?' },
    ]);
    expect(outputResult.check(charted('O_CLERC', 'table'), context)).toEqual([]);
    expect(outputResult.check(charted('O_CLERK'), context)).toEqual([]);
  });

  it.each([
    { data: { url: 'https://example.com/rows.json' } },
    { mark: 'image' },
    { mark: { type: 'bar', href: 'https://example.com' } },
    { transform: [{ calculate: '1', as: 'x' }] },
    { encoding: { href: { field: 'O_CLERK' } } },
    { encoding: { x: { field: 'O_CLERK', axis: { labelExpr: '1' } } } },
  ])('holds no address and no formula: %j', (chart) => {
    expect(outputResult.config.safeParse({ name: 'Chart', view: 'chart', chart }).success).toBe(false);
  });
});

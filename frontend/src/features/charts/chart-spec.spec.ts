import { chartOf } from './chart-of';
import { chartRows } from './chart-rows';
import { chartSpec, drawnOf } from './chart-spec';
import { chartSummary } from './chart-summary';

const columns = [
  { name: 'N.NAME', type: 'VARCHAR(25)' },
  { name: 'REVENUE', type: 'NUMBER(38,2)' },
  { name: 'DAY', type: 'DATE' },
];
const rows = [
  ['FRANCE', '5.50', '2026-01-01'],
  ['KENYA', '12.25', '2026-01-02'],
];

function specOf(chart: unknown) {
  const config = chartOf(chart);
  return chartSpec(columns, config.mark, drawnOf(columns, config));
}

describe('The specification of a chart', () => {
  it('takes columns by their place, so that a name with a dot is no path', () => {
    const spec = specOf({ encoding: { x: { field: 'N.NAME' }, y: { field: 'REVENUE', aggregate: 'sum' } } });
    expect(spec).toMatchObject({
      data: { name: 'rows' },
      encoding: {
        x: { field: 'c0', type: 'nominal', title: 'N.NAME', sort: null },
        y: { field: 'c1', type: 'quantitative', aggregate: 'sum', title: 'sum of REVENUE' },
      },
    });
  });

  it('shows days in UTC, as they came', () => {
    const spec = specOf({
      mark: 'line',
      encoding: { x: { field: 'DAY', timeUnit: 'yearmonth' }, y: { aggregate: 'count' } },
    });
    expect(spec).toMatchObject({
      encoding: {
        x: { timeUnit: 'utcyearmonth', scale: { type: 'utc' } },
        y: { aggregate: 'count', title: 'Count of rows' },
      },
    });
  });

  it('guesses where nothing that is there is named: names across, numbers up, and the same for a pie', () => {
    expect(specOf(undefined)).toMatchObject({ encoding: { x: { field: 'c0' }, y: { field: 'c1' } } });
    expect(specOf({ encoding: { x: { field: 'GONE' } } })).toMatchObject({ encoding: { x: { field: 'c0' } } });
    expect(specOf({ mark: 'arc' })).toMatchObject({ encoding: { color: { field: 'c0' }, theta: { field: 'c1' } } });
  });

  it('holds no row, and nothing of a config that does not parse', () => {
    const text = JSON.stringify(specOf({ data: { url: 'https://example.com/rows.json' }, mark: 'image' }));
    expect(text).not.toContain('example.com');
    expect(text).toContain('"type":"bar"');
    expect(text).not.toContain('FRANCE');
  });

  it('is told in words', () => {
    const config = chartOf(undefined);
    expect(chartSummary(columns, config.mark, drawnOf(columns, config), chartRows(columns, rows))).toBe(
      'Bar chart of REVENUE by N.NAME, 2 rows. REVENUE is from 5.5 to 12.25.',
    );
  });
});

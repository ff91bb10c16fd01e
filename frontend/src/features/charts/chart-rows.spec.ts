import fc from 'fast-check';
import { chartRows, measurementOf } from './chart-rows';

const column = (type: string, name = 'A') => ({ name, type });

describe('The rows of a chart', () => {
  it('are numbers where the column is one, however it comes', () => {
    expect(chartRows([column('NUMBER(38,2)')], [['12.50'], [3], [null], ['NaN'], ['']])).toEqual(
      [12.5, 3, null, null, null].map((c0) => ({ c0 })),
    );
  });

  it('hold moments in UTC, with or without a zone', () => {
    const rows = [['2026-01-31'], ['2026-01-31T06:00:00.000'], ['2026-01-31T06:00:00+02:00'], ['never']];
    expect(chartRows([column('TIMESTAMP_NTZ(9)')], rows).map(({ c0 }) => c0)).toEqual([
      Date.UTC(2026, 0, 31),
      Date.UTC(2026, 0, 31, 6),
      Date.UTC(2026, 0, 31, 4),
      null,
    ]);
  });

  it('take a time of day and an object as names', () => {
    expect(measurementOf(column('TIME(9)'))).toBe('nominal');
    expect(chartRows([column('VARIANT')], [[{ a: 1 }], [true], [null]])).toEqual([
      { c0: '{"a":1}' },
      { c0: 'true' },
      { c0: null },
    ]);
  });

  it('never hold anything but texts and finite numbers, whatever a page says', () => {
    const types = fc.constantFrom('NUMBER(38,0)', 'FLOAT', 'DATE', 'TIMESTAMP_TZ(9)', 'VARCHAR(10)', 'VARIANT');
    fc.assert(
      fc.property(types, fc.array(fc.jsonValue()), (type, values) => {
        for (const { c0 } of chartRows(
          [column(type)],
          values.map((value) => [value]),
        ))
          expect(c0 === null || typeof c0 === 'string' || Number.isFinite(c0)).toBe(true);
      }),
    );
  });
});

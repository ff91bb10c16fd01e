import fc from 'fast-check';
import { conformance } from '../kit/conformance';
import { renderBinds } from '../kit/sql/render';
import { cellFault, literalType } from './literal-types';
import { sourceValues } from './source-values.definition';
import { sourceValuesSql } from './source-values.sql';

conformance('source.values', {
  folder: __dirname,
  hostileNames: (name) => ({ columns: [{ name, type: 'VARCHAR' }], rows: [['x']] }),
  hostileValues: (value) => ({ columns: [{ name: 'A', type: 'VARCHAR' }], rows: [['x'], [value]] }),
});

const context = { inputs: {}, kinds: {}, parameters: [], known: undefined };
const composed = (config: object) => {
  const parsed = sourceValues.config.parse(config);
  const columns = sourceValues.outputColumns(parsed, context).out ?? [];
  return renderBinds(sourceValuesSql.compose(parsed, {}, { columns, parameters: [] }).query);
};

describe('The types of source.values', () => {
  it.each([
    ['varchar', 'VARCHAR(16777216)'],
    ['string', 'VARCHAR(16777216)'],
    ['CHAR', 'VARCHAR(1)'],
    ['number', 'NUMBER(38,0)'],
    ['NUMBER(10)', 'NUMBER(10,0)'],
    ['decimal(12, 2)', 'NUMBER(12,2)'],
    ['int', 'NUMBER(38,0)'],
    ['DOUBLE', 'FLOAT'],
    ['timestamp', 'TIMESTAMP_NTZ(9)'],
    ['TIMESTAMP_TZ(3)', 'TIMESTAMP_TZ(3)'],
    ['date', 'DATE'],
    ['variant', 'VARIANT'],
  ])('%s is %s', (spelled, type) => expect(literalType(spelled)).toBe(type));

  it.each(['', 'GEOGRAPHY', 'NUMBER(39,0)', 'NUMBER(4,5)', 'VARCHAR) OR (1', 'VARCHAR(10'])('%s is none', (spelled) => {
    expect(literalType(spelled)).toBeUndefined();
  });

  it.each([
    ['NUMBER(5,2)', '123.45', true],
    ['NUMBER(5,2)', '-0123.450', true],
    ['NUMBER(5,2)', 1.005, false],
    ['NUMBER(5,2)', 1234, false],
    ['NUMBER(38,0)', 'x', false],
    ['NUMBER(38,0)', true, false],
    ['FLOAT', '1e5', true],
    ['FLOAT', '', false],
    ['VARCHAR(2)', 'ab', true],
    ['VARCHAR(2)', '😀😀', true],
    ['VARCHAR(2)', 'abc', false],
    ['VARCHAR(2)', 1, false],
    ['BOOLEAN', true, true],
    ['BOOLEAN', 'yes', false],
    ['DATE', '1998-02-29', false],
    ['TIMESTAMP_NTZ(9)', '1998-02-28 10:00', true],
    ['TIME(9)', '10:00:00', true],
    ['VARIANT', '{"a": [1]}', true],
    ['VARIANT', 'a', false],
    ['DATE', null, true],
  ])('%s and %j: %s', (type, cell, fits) => expect(cellFault(type, cell) === undefined).toBe(fits));
});

describe('The rows of source.values', () => {
  it('are binds of a VALUES list, cast to their columns’ types, with NULL where nothing is', () => {
    const columns = [
      { name: 'A', type: 'NUMBER(5,2)' },
      { name: 'B', type: 'VARIANT' },
    ];
    expect(
      composed({
        columns,
        rows: [
          [1.5, '{}'],
          [null, null],
        ],
      }),
    ).toEqual({
      sql: 'SELECT CAST("v"."c1" AS NUMBER(5,2)) AS "A", PARSE_JSON("v"."c2") AS "B" FROM (VALUES (?, ?), (NULL, NULL)) AS "v" ("c1", "c2")',
      binds: ['1.5', '{}'],
    });
    expect(composed({ columns, rows: [] })).toEqual({
      sql: 'SELECT CAST(NULL AS NUMBER(5,2)) AS "A", CAST(NULL AS VARIANT) AS "B" WHERE FALSE',
      binds: [],
    });
  });

  it('never reach the text of the statement', () => {
    const columns = [{ name: 'A', type: 'VARCHAR' }];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string()), { minLength: 1, maxLength: 5 }), (rows) => {
        const { sql, binds } = composed({ columns, rows });
        expect(binds).toEqual(rows.flat());
        expect(sql.match(/\?/g)).toHaveLength(rows.length);
      }),
    );
  });

  const issues = (config: object) =>
    sourceValues.config.safeParse(config).error?.issues.map(({ path, message }) => [path.join('.'), message]);

  it('are at most ten thousand cells, and even', () => {
    const columns = [1, 2, 3].map((number) => ({ name: `C${number}`, type: 'FLOAT' }));
    const row = [1, 2, 3];
    expect(issues({ columns, rows: Array.from({ length: 3334 }, () => row) })).toEqual([
      ['rows', expect.stringContaining('10002 cells are too many')],
    ]);
    expect(issues({ columns, rows: [row, [1]] })).toEqual([['rows.1', 'Row 2 has 1 cell, not 3']]);
  });

  it('are checked cell by cell, a hundred faults at most', () => {
    const config = sourceValues.config.parse({
      columns: [
        { name: 'A', type: 'DATE' },
        { name: 'A', type: 'BOOLEAN' },
      ],
      rows: [['1998-01-01', true], ...Array.from({ length: 200 }, () => ['today', 'yes'])],
    });
    const problems = sourceValues.check(config, context);
    expect(problems).toHaveLength(101);
    expect(problems.slice(0, 3)).toMatchObject([
      { code: 'AMBIGUOUS_COLUMN', path: 'columns.1.name' },
      { code: 'TYPE_MISMATCH', path: 'rows.1.0' },
      { code: 'TYPE_MISMATCH', path: 'rows.1.1' },
    ]);
  });
});

import fc from 'fast-check';
import type { RawColumn } from '../driver/snowflake-driver';
import { csvWriter, ndjsonWriter, pageWriter } from './row-writers';
import { valueEncoder } from './value-encoder';

const column = (type: string, precision: number | null = null, scale: number | null = null): RawColumn => ({
  name: 'C',
  type,
  nullable: true,
  precision,
  scale,
  length: null,
  byteLength: null,
});
const json = (of: RawColumn, raw: string): unknown => JSON.parse(valueEncoder(of).json(raw));

describe('the encoding of values', () => {
  it('writes every date of Snowflake’s calendar as Date would', () => {
    const [first, last] = ['0001-01-01', '9999-12-31'].map((day) => Date.parse(day) / 86_400_000);
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (days) => {
        const expected = new Date(days * 86_400_000).toISOString().slice(0, 10);
        expect(valueEncoder(column('date')).text(String(days))).toBe(expected);
      }),
    );
  });

  it.each<[string, RawColumn, string, unknown]>([
    ['a small whole number is a number', column('fixed', 10, 0), '-42', -42],
    ['COUNT(*) is a string', column('fixed', 18, 0), '42', '42'],
    ['a decimal is a string with its scale', column('fixed', 12, 2), '1.50', '1.50'],
    ['a float is a number', column('real'), '1.5e10', 15_000_000_000],
    ['NaN is a string', column('real'), 'NaN', 'NaN'],
    ['infinity is a string', column('real'), '-inf', '-inf'],
    ['1 is true', column('boolean'), '1', true],
    ['0 is false', column('boolean'), '0', false],
    ['text stays', column('text'), 'it\'s "x"\n', 'it\'s "x"\n'],
    ['a date', column('date'), '19875', '2024-06-01'],
    ['a date before the epoch', column('date'), '-1', '1969-12-31'],
    ['a time', column('time', 0, 3), '45296.789000000', '12:34:56.789'],
    ['a timestamp without zone', column('timestamp_ntz', 0, 9), '0.123456789', '1970-01-01T00:00:00.123456789'],
    ['a timestamp of whole seconds', column('timestamp_ntz', 0, 0), '86400', '1970-01-02T00:00:00'],
    ['a timestamp before the epoch', column('timestamp_ntz', 0, 3), '-1.500000000', '1969-12-31T23:59:58.500'],
    ['a local timestamp in UTC', column('timestamp_ltz', 0, 3), '60.000000000', '1970-01-01T00:01:00.000Z'],
    ['a timestamp with zone', column('timestamp_tz', 0, 3), '0.000000000 1560', '1970-01-01T02:00:00.000+02:00'],
    ['a zone west of UTC', column('timestamp_tz', 0, 0), '0 1110', '1969-12-31T18:30:00-05:30'],
    ['binary is hex', column('binary'), '00FF', '00FF'],
    ['a variant is JSON', column('variant'), '{\n  "a": [1, null]\n}', { a: [1, null] }],
    ['a variant that is no JSON is its text', column('variant'), '[undefined]', '[undefined]'],
  ])('%s', (_, of, raw, value) => {
    expect(json(of, raw)).toEqual(value);
  });

  it('keeps the digits of numbers inside of a variant', () => {
    expect(valueEncoder(column('variant')).json('{"n":12345678901234567890}')).toBe('{"n":12345678901234567890}');
  });

  it('writes every whole number of up to 15 digits and every float back as it was', () => {
    const whole = valueEncoder(column('fixed', 15, 0));
    const float = valueEncoder(column('real'));
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }), (value) =>
        Object.is(JSON.parse(whole.json(String(value))), value),
      ),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        return (JSON.parse(float.json(String(value))) as number) === value;
      }),
    );
  });

  it('writes every moment from year 1 on so that it can be read back', () => {
    const ntz = valueEncoder(column('timestamp_ntz', 0, 3));
    const from = Date.UTC(1600, 0, 1);
    fc.assert(
      fc.property(fc.integer({ min: from, max: Date.UTC(9999, 11, 31) }), (ms) => {
        const raw = (ms / 1000).toFixed(3);
        return Date.parse(`${ntz.text(raw)}Z`) === ms;
      }),
    );
  });
});

describe('the formats of rows', () => {
  const columns = [
    { ...column('fixed', 3, 0), name: 'A' },
    { ...column('text'), name: 'B "x"' },
    { ...column('variant'), name: 'A' },
  ];
  const result = {
    queryId: 'q',
    columns,
    rowCount: 2,
    isQuery: true,
    finalContext: { role: null, warehouse: null, database: null, schema: null },
    rows: () => {
      throw new Error('not read');
    },
    batches: () => {
      throw new Error('not read');
    },
  };
  const rows = [
    ['1', 'a,b\n"c"', '{"k":\n 1}'],
    [null, null, null],
  ];

  it('writes a page', () => {
    const writer = pageWriter(result, { rowCount: 2, nextCursor: null });
    expect(JSON.parse(writer.head + rows.map((row, at) => writer.row(row, at)).join('') + writer.tail)).toEqual({
      columns: [
        { name: 'A', type: 'NUMBER(3,0)', nullable: true },
        { name: 'B "x"', type: 'VARCHAR', nullable: true },
        { name: 'A', type: 'VARIANT', nullable: true },
      ],
      rows: [
        [1, 'a,b\n"c"', { k: 1 }],
        [null, null, null],
      ],
      rowCount: 2,
      nextCursor: null,
    });
  });

  it('writes CSV by RFC 4180', () => {
    const writer = csvWriter(result);
    expect(writer.head + rows.map((row, at) => writer.row(row, at)).join('')).toBe(
      'A,"B ""x""",A\r\n1,"a,b\n""c""","{""k"":1}"\r\n,,\r\n',
    );
  });

  it('writes one JSON object a line, also where a value has line breaks and names repeat', () => {
    const writer = ndjsonWriter(result);
    const lines = rows
      .map((row, at) => writer.row(row, at))
      .join('')
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { A: 1, 'B "x"': 'a,b\n"c"', A_2: { k: 1 } },
      { A: null, 'B "x"': null, A_2: null },
    ]);
  });
});

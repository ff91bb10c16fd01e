import fc from 'fast-check';
import { delimitedRows } from './delimited-rows';
import { pastedTable } from './pasted-table';

const shape = (text: string) => {
  const table = pastedTable(text);
  return table && [table.columns.map(({ name, type }) => `${name} ${type}`).join(', '), table.rows];
};

describe('a pasted table', () => {
  it.each([
    [
      'CSV with a header',
      'Region name,Target,Since\nEUROPE,1500.5,1995-01-01\n"ASIA, ""far""",,',
      'REGION_NAME VARCHAR, TARGET NUMBER(38,1), SINCE DATE',
      [
        ['EUROPE', 1500.5, '1995-01-01'],
        ['ASIA, "far"', null, null],
      ],
    ],
    [
      'rows of a sheet',
      'a\ttrue\t1\r\nb\tFALSE\t2\r\n',
      'C1 VARCHAR, C2 BOOLEAN, C3 NUMBER(38,0)',
      [
        ['a', true, 1],
        ['b', false, 2],
      ],
    ],
    [
      'semicolons',
      'code;rate\n007;1e3\n008;2',
      'CODE VARCHAR, RATE FLOAT',
      [
        ['007', '1e3'],
        ['008', 2],
      ],
    ],
    [
      'JSON objects',
      '[{"id": 1, "tags": ["a"]}, {"id": 2.25, "at": "2024-01-01 10:00"}]',
      'ID NUMBER(38,2), TAGS VARIANT, AT TIMESTAMP_NTZ',
      [
        [1, '["a"]', null],
        [2.25, null, '2024-01-01 10:00'],
      ],
    ],
    [
      'JSON lists',
      '[[1, "a"], [2, null]]',
      'C1 NUMBER(38,0), C2 VARCHAR',
      [
        [1, 'a'],
        [2, null],
      ],
    ],
    ['mixed values', 'v\n1\nx', 'V VARCHAR', [['1'], ['x']]],
    ['digits that a number would lose', 'n\n12345678901234567890', 'N NUMBER(38,0)', [['12345678901234567890']]],
    [
      'names that are taken or no words',
      'a b,a-b,€\nx,y,z',
      'A_B VARCHAR, A_B_2 VARCHAR, C3 VARCHAR',
      [['x', 'y', 'z']],
    ],
    ['an empty text in quotes', 'a,b\n"",', 'A VARCHAR, B VARCHAR', [['', null]]],
  ])('is read from %s', (_what, text, columns, rows) => expect(shape(text)).toEqual([columns, rows]));

  it.each(['', '  \n ', '[]'])('is not found in %j', (text) => {
    expect(pastedTable(text)).toBeUndefined();
  });

  it('gives every cell of CSV back, whatever stands in it', () => {
    const cells = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(cells, (rows) => {
        const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(delimitedRows(text)).toEqual(rows);
      }),
    );
  });
});

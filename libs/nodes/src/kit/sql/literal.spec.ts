import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { decimalOf } from './decimal';
import { literal } from './literal';
import { quoteIdentifier } from './quote-identifier';

describe('The literal writer and the identifier quoter', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
  });
  afterAll(() => connection.closeSync());

  const firstRow = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson()[0];
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.stringMatching(/^[\\'"%?;{}\n-]{0,20}$/));
  const clean = text.filter((value) => !value.includes('\0'));

  // DuckDB reads backslashes as Snowflake does only in E'…'.
  it('writes a text that a database reads back unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(clean, async (value) => {
        expect(await firstRow(`SELECT E${literal(value)}`)).toEqual([value]);
      }),
      { numRuns: 200 },
    );
  });

  it('writes numbers and truth values that a database reads back unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), async (number, flag) => {
        const sql = `SELECT CAST(${literal(number)} AS DOUBLE) = CAST('${number}' AS DOUBLE), ${literal(flag)}, ${literal(null)}`;
        expect(await firstRow(sql)).toEqual([true, flag, null]);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a text with a NUL character', () => {
    expect(() => literal('a\0b')).toThrow('NUL');
  });

  it('quotes any name so that it names a column and does nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        clean.filter((name) => name !== ''),
        async (name) => {
          const result = await connection.runAndReadAll(`SELECT 1 AS ${quoteIdentifier(name)}`);
          expect(result.columnNames()).toEqual([name]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(['', 'x'.repeat(256), 'a\0b'])('refuses a name that no identifier can have', (name) => {
    expect(() => quoteIdentifier(name)).toThrow('identifier');
  });

  it('keeps a decimal exactly, and leaves to a float what no decimal holds', () => {
    expect(decimalOf(0.07)).toEqual({ text: '0.07', type: 'NUMBER(2,2)' });
    expect(decimalOf('-12.50')).toEqual({ text: '-12.50', type: 'NUMBER(4,2)' });
    expect(decimalOf('12345678901234567890')).toEqual({ text: '12345678901234567890', type: 'NUMBER(20,0)' });
    expect(decimalOf(1e-7)).toBeUndefined();
    expect(decimalOf('x')).toBeUndefined();
  });
});

import fc from 'fast-check';
import { WarehouseError } from '../statements/warehouse-error';
import { parseStatement } from './statement-parser';
import { tokenize } from './tokenize';

const failure = (sql: string): WarehouseError => {
  try {
    parseStatement(sql);
  } catch (error) {
    if (error instanceof WarehouseError) return error;
    throw error;
  }
  throw new Error(`It parsed: ${sql}`);
};

describe('tokenize', () => {
  it('gives back every character but blanks and comments', () => {
    const piece = fc.constantFrom(
      'SELECT',
      '"a b"',
      "'it''s'",
      '12.5',
      '$1',
      ':',
      '::',
      '->>',
      '(',
      ')',
      ',',
      '?',
      'x1',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const tokens = tokenize(pieces.join(' /* … */ '));
        expect(tokens.slice(0, -1).map(({ source }) => source)).toEqual(pieces);
      }),
    );
  });

  it('counts lines from one and positions from zero', () => {
    const [, second] = tokenize("select 'two\nlines',\n  x").filter(({ kind }) => kind === 'word');
    expect(second?.at).toEqual({ line: 3, pos: 2 });
  });

  it('resolves escapes in strings, and none between dollars', () => {
    expect(tokenize(String.raw`'a\'b\n''\x41'`)[0]?.text).toBe("a'b\n'A");
    expect(tokenize(String.raw`$$a\n'$$`)[0]?.text).toBe(String.raw`a\n'`);
  });
});

describe('parseStatement', () => {
  it('never fails in any other way than with a Snowflake error', () => {
    const word = fc.constantFrom(
      ...'SELECT FROM WHERE ( ) , a "b" \'c\' 1 * GROUP BY ORDER UNION ALL JOIN ON = AND NOT CASE WHEN END CREATE TABLE AS'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        try {
          parseStatement(words.join(' '));
        } catch (error) {
          expect(error).toBeInstanceOf(WarehouseError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('binds AND before OR, and NOT before both', () => {
    const tree = parseStatement('SELECT 1 WHERE NOT a AND b OR c');
    expect(tree).toMatchObject({
      query: { body: { where: { operator: 'OR', left: { operator: 'AND', left: { operator: 'NOT' } } } } },
    });
  });

  it('binds a cast before a sign, and a path before a cast', () => {
    const tree = parseStatement('SELECT -v:a.b[0]::INT');
    expect(tree).toMatchObject({
      query: {
        body: {
          items: [
            {
              expression: {
                t: 'unary',
                operand: { t: 'cast', operand: { t: 'path', steps: [{ key: 'a' }, { key: 'b' }, {}] } },
              },
            },
          ],
        },
      },
    });
  });

  it('binds INTERSECT before UNION and EXCEPT', () => {
    const tree = parseStatement('SELECT 1 UNION SELECT 2 INTERSECT SELECT 3');
    expect(tree).toMatchObject({ query: { body: { operator: 'UNION', right: { operator: 'INTERSECT' } } } });
  });

  it.each([
    ['GRANT SELECT ON t TO ROLE r', 'GRANT SELECT'],
    ['CREATE PIPE p', 'CREATE PIPE'],
    ['SHOW TASKS', 'SHOW TASKS'],
    ['SELECT 1; SELECT 2', 'several statements in one request'],
    ['SHOW TABLES ->> SELECT * FROM $1', 'the ->> chain of statements'],
    ['SELECT COUNT(*) FILTER (WHERE a)', 'FILTER'],
  ])('refuses %s by the name %s', (sql, name) => {
    expect(failure(sql)).toMatchObject({ code: '000002', message: `Unsupported feature '${name}'.` });
  });

  it('refuses endless nesting instead of overflowing', () => {
    expect(failure(`SELECT ${'('.repeat(5000)}1`).code).toBe('000002');
    expect(failure(`SELECT ${'- '.repeat(5000)}1`).code).toBe('000002');
  });

  it('names the word it did not expect and where it stands', () => {
    expect(failure('SELECT a,\n FROM t')).toMatchObject({ code: '001003', position: { line: 2, pos: 1 } });
  });
});

import fc from 'fast-check';
import { renderBinds, renderLiterals, renderText } from './render';
import { bind, identifier, join, sql } from './sql-fragment';
import { SqlTextError } from './sql-text-error';
import { aggregateFragment, expressionFragment, queryFragment, valueTemplate } from './sql-text';
import { readTokens } from './sql-tokens';

const parameters = [
  { name: 'segment', type: 'string' },
  { name: 'since', type: 'date' },
  { name: 'rate', type: 'number' },
];
const values = { segment: "x' OR 1=1 --", since: '1995-01-01', rate: 0.07 };

describe('SQL that people write', () => {
  it('becomes text with binds where its templates stand', () => {
    const fragment = expressionFragment('A = {{ parameters.segment }} AND D >= {{parameters.since}}', parameters);
    expect(renderBinds(fragment, values)).toEqual({
      sql: '(A = ? AND D >= CAST(? AS DATE))',
      binds: ["x' OR 1=1 --", '1995-01-01'],
    });
    expect(renderText(fragment)).toBe('(A = ? AND D >= CAST(? AS DATE))');
    expect(renderLiterals(fragment, values)).toBe("(A = 'x'' OR 1=1 --' AND D >= CAST('1995-01-01' AS DATE))");
  });

  it('binds a fraction as the decimal it was typed as', () => {
    const statement = renderBinds(expressionFragment('A * {{ parameters.rate }}', parameters), values);
    expect(statement).toEqual({ sql: '(A * CAST(? AS NUMBER(2,2)))', binds: ['0.07'] });
  });

  it('takes a parameter after IS DISTINCT FROM, but not after another FROM', () => {
    const compared = expressionFragment('A IS NOT DISTINCT FROM {{ parameters.segment }}', parameters);
    expect(renderText(compared)).toBe('(A IS NOT DISTINCT FROM ?)');
    expect(() => expressionFragment('EXTRACT(year FROM {{ parameters.since }})', parameters)).toThrow(SqlTextError);
  });

  it('binds as a float what no decimal and no whole number holds exactly', () => {
    expect(renderBinds(bind(1e21))).toEqual({ sql: 'CAST(? AS FLOAT)', binds: ['1e+21'] });
    expect(renderBinds(bind(1e-7))).toEqual({ sql: 'CAST(? AS FLOAT)', binds: ['1e-7'] });
    expect(renderBinds(bind(7))).toEqual({ sql: '?', binds: [7] });
  });

  it('drops comments, so that none swallows what follows', () => {
    expect(renderText(expressionFragment('A -- all of it\n + /* x */ 1 // y', parameters))).toMatch(
      /^\(A\s+\+\s+1\s*\)$/,
    );
  });

  it('counts rows where ROW_COUNT stands unquoted', () => {
    expect(renderText(aggregateFragment('row_count > 0 AND MAX("ROW_COUNT") > 1', []))).toBe(
      '(COUNT(*) > 0 AND MAX("ROW_COUNT") > 1)',
    );
  });

  it.each([
    "'{{ parameters.segment }}'",
    '"{{ parameters.segment }}"',
    'A AS {{ parameters.segment }}',
    '{{ parameters.segment }}(1)',
    '{{ parameters.segment }}.X',
    'X.{{ parameters.segment }}',
    'X::{{ parameters.segment }}',
    'X{{ parameters.segment }}',
    '{{ parameters.segment }}X',
    '{{ parameters.segment }} {{ parameters.segment }}',
    '{{ segment }}',
    'INTERVAL {{ parameters.segment }}',
    'A; DROP TABLE T',
    'A = ?',
    'A) OR (1 = 1',
    '(A',
    "'open",
    '"open',
    '/* open',
    '$1',
    '$VARIABLE',
    ':x',
    'A = :1',
    '@stage',
    'A, B',
    '(SELECT 1)',
    'SYSTEM$WAIT(5)',
    '"SYSTEM$WAIT"(5)',
    'LAST_QUERY_ID()',
    "IDENTIFIER('X')",
    '',
    '  ',
  ])('is refused as an expression: %s', (text) => {
    expect(() => expressionFragment(text, parameters)).toThrow(SqlTextError);
  });

  it.each([
    'SELECT * FROM {{ parameters.segment }}',
    'SELECT * FROM T LIMIT {{ parameters.rate }}',
    'SELECT 1; SELECT 2',
    'SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))',
    'SELECT * FROM TABLE(my_procedure())',
    'SELECT * FROM T ->> SELECT 1',
    'SELECT * FROM @stage',
    'DELETE FROM T',
    'CALL p()',
  ])('is refused as a query: %s', (text) => {
    expect(() => queryFragment(text, parameters)).toThrow(SqlTextError);
  });

  it('says which parameter is not there', () => {
    expect(() => expressionFragment('{{ parameters.nope }} = 1', parameters)).toThrow('no parameter “nope”');
    expect(() => expressionFragment('{{ nodes.ask.answer }} = 1', parameters)).toThrow('“ask” gives no value');
  });

  it('takes one trailing semicolon off a query, and paths and casts as they are', () => {
    expect(renderText(queryFragment('SELECT V:a.b::string AS X FROM T;', []))).toBe('SELECT V:a.b::string AS X FROM T');
  });

  it('splits a value into its texts and parameters', () => {
    expect(valueTemplate('a{{ parameters.segment }}{{b}}', parameters)).toEqual([
      'a',
      { parameter: 'segment' },
      '{{b}}',
    ]);
  });

  it('is read into tokens that spell it again, whatever it is, or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1 \'"\\-/*{}().,;:$?\n') }), (text) => {
        try {
          const spelled = readTokens(text)
            .map((token) => token.text)
            .join('');
          expect(
            readTokens(spelled)
              .map((token) => token.text)
              .join(''),
          ).toBe(spelled);
        } catch (error) {
          expect(error).toBeInstanceOf(SqlTextError);
        }
      }),
    );
  });

  it('never lets an expression out of its parentheses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a1 \'"\\-/*(),;?$') }), (text) => {
        let rendered: string;
        try {
          rendered = renderText(expressionFragment(text, []));
        } catch {
          return;
        }
        let depth = 0;
        const symbols = readTokens(rendered).filter((token) => token.kind === 'symbol');
        symbols.forEach((token, index) => {
          depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
          expect(depth > 0 || index === symbols.length - 1).toBe(true);
        });
        expect(depth).toBe(0);
      }),
    );
  });
});

describe('A fragment', () => {
  it('keeps inserted values as binds and inserted fragments as SQL', () => {
    const fragment = sql`SELECT ${identifier('a"b')} FROM T WHERE X IN (${join([bind(1), bind('2', 'DATE')])}) AND Y = ${'?'}`;
    expect(renderBinds(fragment)).toEqual({
      sql: 'SELECT "a""b" FROM T WHERE X IN (?, CAST(? AS DATE)) AND Y = ?',
      binds: [1, '2', '?'],
    });
  });
});

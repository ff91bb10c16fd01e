import fc from 'fast-check';
import { sqlTokens } from './sql-tokens';

describe('sqlTokens', () => {
  it('loses no character of any text', () => {
    fc.assert(
      fc.property(fc.string(), (sql) => {
        expect(
          sqlTokens(sql)
            .map(({ text }) => text)
            .join(''),
        ).toBe(sql);
      }),
    );
  });
  it('does not take a quoted name for a string or a keyword', () => {
    expect(
      sqlTokens(`select "from" from t where a = 'it''s' -- end`).filter(({ kind }) => kind !== 'plain'),
    ).toMatchObject([
      { kind: 'keyword', text: 'select' },
      { kind: 'keyword', text: 'from' },
      { kind: 'keyword', text: 'where' },
      { kind: 'string', text: "'it''s'" },
      { kind: 'comment', text: '-- end' },
    ]);
  });
});

import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { aiTranslate } from './ai-translate.definition';

const input = columnsOf('O_ORDERKEY NUMBER(38,0), O_COMMENT VARCHAR(79)');

conformance('ai.translate', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ column: name, to: 'de', as: `${name}2` }),
  hostileValues: (value) => ({ column: 'O_COMMENT', to: 'de', from: value, as: 'X' }),
});

describe('ai.translate', () => {
  const context = { inputs: { in: [input] }, kinds: {}, parameters: [], known: undefined };
  const problems = (column: string, as = 'X') =>
    aiTranslate
      .check(aiTranslate.config.parse({ column, to: 'de', as }), context)
      .map(({ code, path }) => [code, path]);

  it('reads a column of texts into one with a name of its own', () => {
    expect(problems('O_COMMENT')).toEqual([]);
    expect(problems('O_ORDERKEY')).toEqual([['TYPE_MISMATCH', 'column']]);
    expect(problems('NOPE')).toEqual([['UNKNOWN_COLUMN', 'column']]);
    expect(problems('O_COMMENT', 'O_ORDERKEY')).toEqual([['AMBIGUOUS_COLUMN', 'as']]);
  });
});

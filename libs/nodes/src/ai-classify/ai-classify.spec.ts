import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { aiClassify } from './ai-classify.definition';

const input = columnsOf('O_ORDERKEY NUMBER(38,0), O_COMMENT VARCHAR(79)');

conformance('ai.classify', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ column: name, categories: ['a', 'b'], as: `${name}2` }),
  hostileValues: (value) => ({ column: 'O_COMMENT', categories: [value, 'b'], as: 'X' }),
});

describe('ai.classify', () => {
  const context = { inputs: { in: [input] }, kinds: {}, parameters: [], known: undefined };
  const problems = (column: string, as = 'X') =>
    aiClassify
      .check(aiClassify.config.parse({ column, categories: ['a', 'b'], as }), context)
      .map(({ code, path }) => [code, path]);

  it('reads a column of texts into one with a name of its own', () => {
    expect(problems('O_COMMENT')).toEqual([]);
    expect(problems('O_ORDERKEY')).toEqual([['TYPE_MISMATCH', 'column']]);
    expect(problems('NOPE')).toEqual([['UNKNOWN_COLUMN', 'column']]);
    expect(problems('O_COMMENT', 'O_ORDERKEY')).toEqual([['AMBIGUOUS_COLUMN', 'as']]);
  });
});

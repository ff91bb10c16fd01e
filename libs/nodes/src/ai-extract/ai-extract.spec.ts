import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { aiExtract } from './ai-extract.definition';

const input = columnsOf('O_ORDERKEY NUMBER(38,0), O_COMMENT VARCHAR(79)');

conformance('ai.extract', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ column: name, questions: [{ name: 'a', question: 'b' }], as: `${name}2` }),
  hostileValues: (question) => ({ column: 'O_COMMENT', questions: [{ name: 'a', question }], as: 'X' }),
});

describe('ai.extract', () => {
  const context = { inputs: { in: [input] }, kinds: {}, parameters: [], known: undefined };
  const problems = (column: string, as = 'X') =>
    aiExtract
      .check(aiExtract.config.parse({ column, questions: [{ name: 'a', question: 'b' }], as }), context)
      .map(({ code, path }) => [code, path]);

  it('reads a column of texts into one with a name of its own', () => {
    expect(problems('O_COMMENT')).toEqual([]);
    expect(problems('O_ORDERKEY')).toEqual([['TYPE_MISMATCH', 'column']]);
    expect(problems('NOPE')).toEqual([['UNKNOWN_COLUMN', 'column']]);
    expect(problems('O_COMMENT', 'O_ORDERKEY')).toEqual([['AMBIGUOUS_COLUMN', 'as']]);
  });
});

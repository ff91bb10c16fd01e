import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { aiEmbed } from './ai-embed.definition';

const input = columnsOf('O_ORDERKEY NUMBER(38,0), O_COMMENT VARCHAR(79)');

conformance('ai.embed', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ column: name, model: 'm', as: `${name}2` }),
  hostileValues: (model) => ({ column: 'O_COMMENT', model, as: 'X' }),
});

describe('ai.embed', () => {
  const context = { inputs: { in: [input] }, kinds: {}, parameters: [], known: undefined };
  const problems = (column: string, as = 'X') =>
    aiEmbed.check(aiEmbed.config.parse({ column, model: 'm', as }), context).map(({ code, path }) => [code, path]);

  it('reads a column of texts into one with a name of its own', () => {
    expect(problems('O_COMMENT')).toEqual([]);
    expect(problems('O_ORDERKEY')).toEqual([['TYPE_MISMATCH', 'column']]);
    expect(problems('NOPE')).toEqual([['UNKNOWN_COLUMN', 'column']]);
    expect(problems('O_COMMENT', 'O_ORDERKEY')).toEqual([['AMBIGUOUS_COLUMN', 'as']]);
  });
});

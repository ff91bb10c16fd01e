import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { renderBinds } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import { aiGenerate } from './ai-generate.definition';
import { aiGenerateSql } from './ai-generate.sql';

const input = columnsOf('O_ORDERKEY NUMBER(38,0), O_COMMENT VARCHAR(79)');

conformance('ai.generate', {
  folder: __dirname,
  input,
  hostileNames: (as) => ({ model: 'm', prompt: 'x', as: `${as}` }),
  hostileValues: (model) => ({ model, prompt: '{{ item.O_COMMENT }}', as: 'X' }),
});

describe('ai.generate', () => {
  const parameters = [{ name: 'tone', type: 'string' }];
  const context = { inputs: { in: [input] }, kinds: {}, parameters, known: undefined };
  const parse = (prompt: string, more: object = {}) =>
    aiGenerate.config.parse({ model: 'm', prompt, as: 'X', ...more });
  const statement = (prompt: string, more: object = {}) => {
    const relation = { from: identifier('r'), columns: input, hidden: [], order: [] };
    const { query } = aiGenerateSql.compose(parse(prompt, more), { in: [relation] }, { columns: [], parameters });
    return renderBinds(query, { tone: "it's" });
  };

  it('puts columns into the prompt as columns, and all else as binds', () => {
    expect(statement("Be {{ parameters.tone }}: '{{ item.O_COMMENT }}'{{ item.O_ORDERKEY }}")).toEqual({
      sql:
        `SELECT "O_ORDERKEY", "O_COMMENT", AI_COMPLETE(?, (? || CAST(? AS VARCHAR) || ? || ` +
        `COALESCE(CAST("O_COMMENT" AS VARCHAR), '') || ? || COALESCE(CAST("O_ORDERKEY" AS VARCHAR), ''))) AS "X" FROM "r"`,
      binds: ['m', 'Be ', "it's", ": '", "'"],
    });
  });

  it('says how warm and how long an answer may be', () => {
    expect(statement('x', { temperature: 0.5, maxTokens: 9 })).toMatchObject({
      sql: expect.stringContaining(
        `AI_COMPLETE(?, (?), OBJECT_CONSTRUCT('temperature', CAST(? AS NUMBER(1,1)), 'max_tokens', ?))`,
      ) as string,
      binds: ['m', 'x', '0.5', 9],
    });
  });

  it('asks no model where nobody needs its answer', () => {
    const relation = { from: identifier('r'), columns: input, hidden: [], order: [] };
    const needed = { columns: new Set(['O_ORDERKEY']), order: false };
    const { query } = aiGenerateSql.compose(parse('x'), { in: [relation] }, { columns: [], parameters, needed });
    expect(renderBinds(query).sql).toBe('SELECT "O_ORDERKEY" FROM "r"');
  });

  it('refuses a prompt that names what is not there', () => {
    expect(aiGenerate.check(parse('{{ item.NOPE }} {{ parameters.none }}'), context)).toMatchObject([
      { code: 'UNKNOWN_COLUMN', path: 'prompt' },
      { code: 'UNKNOWN_PARAMETER', path: 'prompt' },
    ]);
    expect(aiGenerate.config.safeParse({ model: 'm', prompt: '{{ item }}', as: 'X' }).success).toBe(false);
  });
});

import { conformance } from '../kit/conformance';
import type { AnalystReply } from '../kit/cortex-calls';
import { renderBinds } from '../kit/sql/render';
import { actionContext } from '../testing/action-context';
import { aiAnalyst } from './ai-analyst.definition';
import { aiAnalystStep } from './ai-analyst.step';

conformance('ai.analyst', { folder: __dirname });

describe('ai.analyst', () => {
  const config = aiAnalyst.config.parse({
    database: 'D',
    schema: 'S',
    view: 'V',
    question: 'How many {{ value.what }}?',
    columns: [{ name: 'N', type: 'NUMBER(38,0)' }],
  });
  const ask = (reply: Partial<AnalystReply>, analyst = jest.fn()) => {
    analyst.mockResolvedValue({ text: 'Read so', suggestions: [], ...reply });
    return aiAnalystStep.run(config, actionContext({ input: { what: 'orders' }, cortex: { analyst } }));
  };

  it('asks with the templates filled in, and makes the SQL its statement with the columns it promises', async () => {
    const analyst = jest.fn();
    const { value, statement } = await ask({ sql: 'SELECT COUNT(*) AS N FROM T;' }, analyst);
    expect(analyst.mock.calls[0]?.[0]).toEqual({
      model: { kind: 'view', database: 'D', schema: 'S', name: 'V' },
      question: 'How many orders?',
    });
    expect(value).toEqual({ question: 'How many orders?', text: 'Read so', sql: 'SELECT COUNT(*) AS N FROM T' });
    expect(statement && renderBinds(statement.query).sql).toBe(
      'SELECT CAST("N" AS NUMBER(38,0)) AS "N" FROM (SELECT COUNT(*) AS N FROM T\n)',
    );
  });

  it.each([
    ['DROP TABLE T', /is not run/],
    ['SELECT 1; DROP TABLE T', /is not run/],
    ['SELECT SYSTEM$CANCEL_ALL_QUERIES(1)', /is not run/],
    ['SELECT * FROM @stage', /is not run/],
  ])('runs nothing but one SELECT: not %s', async (sql, why) => {
    await expect(ask({ sql })).rejects.toThrow(why);
  });

  it('fails with what Analyst said and suggested where it gave no SQL', async () => {
    await expect(ask({ text: 'Not understood: “profit”.', suggestions: ['Revenue by nation?'] })).rejects.toThrow(
      'Analyst gave no SQL: Not understood: “profit”. It could answer: Revenue by nation?',
    );
  });
});

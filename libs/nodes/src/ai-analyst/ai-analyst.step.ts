import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ActionNode } from '../kit/action-node';
import type { AnalystReply } from '../kit/cortex-calls';
import { identifier, join, sql, trusted } from '../kit/sql/sql-fragment';
import { queryFragment } from '../kit/sql/sql-text';
import { SqlTextError } from '../kit/sql/sql-text-error';
import { fillTemplate } from '../kit/text-template';
import type { AiAnalystConfig } from './ai-analyst.definition';

/** The answer's SQL becomes the step's statement: its columns are those that the node promises, or Snowflake says which is missing. */
export const aiAnalystStep: ActionNode<AiAnalystConfig> = {
  type: 'ai.analyst',
  async run(config, context) {
    const { database, schema, view, columns } = config;
    const question = fillTemplate(config.question, context).trim();
    if (question === '') throw new AppError('CORTEX_FAILED', 'The question is empty. Give the node a question.');
    const model = { kind: 'view' as const, database, schema, name: view };
    const reply = await context.ports.cortex.analyst({ model, question }, context.signal);
    const answered = readable(reply);
    const list = columns.map(({ name, type }) => {
      const column = identifier(name);
      return sql`CAST(${column} AS ${trusted(type)}) AS ${column}`;
    });
    return {
      value: { question, text: reply.text, sql: answered.text },
      statement: { query: sql`SELECT ${join(list)} FROM (${answered.query})`, written: answered.text },
    };
  },
};

/** The SQL of a reply, which is one SELECT and nothing else. */
function readable({ text, sql: answered, suggestions }: AnalystReply) {
  if (answered === undefined) {
    const instead = suggestions.length === 0 ? '' : ` It could answer: ${suggestions.join(' ')}`;
    throw new AppError('CORTEX_FAILED', `Analyst gave no SQL: ${text}${instead}`);
  }
  const one = answered.trim().replace(/;\s*(?:--[^\n]*)?\s*$/, '');
  try {
    return { text: one, query: sql`${queryFragment(one, [])}${trusted('\n')}` };
  } catch (error) {
    if (!(error instanceof SqlTextError)) throw error;
    throw new AppError('CORTEX_FAILED', `The SQL that Analyst answered is not run: ${error.message}.`);
  }
}

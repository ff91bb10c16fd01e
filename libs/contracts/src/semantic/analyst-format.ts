import { z } from 'zod';
import { AppError } from '../errors/app-error';

/** What Cortex Analyst answers: words, and the SQL it would run, or questions that it could answer instead. */
export interface AnalystAnswer {
  text: string;
  sql?: string;
  suggestions: readonly string[];
}

/** What was asked or answered before a question. */
export interface AnalystTurn {
  role: 'user' | 'analyst';
  text: string;
  sql?: string;
}

const part = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  statement: z.string().optional(),
  suggestions: z.array(z.string()).optional(),
});
const answer = z.looseObject({ message: z.looseObject({ content: z.array(part) }) });

/** A semantic view by its full name, as Analyst takes it. */
export const viewText = (names: readonly string[]): string =>
  names.map((name) => (/^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`)).join('.');

/** The messages of a conversation that ends with a question. Roles take turns, so what is missing between them is left out by Snowflake. */
export function analystMessages(question: string, history: readonly AnalystTurn[] = []): object[] {
  const turns = [...history, { role: 'user' as const, text: question, sql: undefined }];
  return turns.map(({ role, text, sql }) => ({
    role,
    content: [{ type: 'text', text }, ...(sql === undefined ? [] : [{ type: 'sql', statement: sql }])],
  }));
}

/** Reads Analyst's reply. Throws CORTEX_FAILED where it is none. */
export function readAnalystAnswer(body: unknown): AnalystAnswer {
  const read = answer.safeParse(body);
  if (!read.success) throw new AppError('CORTEX_FAILED', 'Cortex Analyst gave no answer that can be read. Try again.');
  const { content } = read.data.message;
  const sql = content.find(({ type }) => type === 'sql')?.statement;
  return {
    text: content.flatMap(({ type, text }) => (type === 'text' && text ? [text] : [])).join('\n'),
    suggestions: content.flatMap(({ suggestions = [] }) => suggestions),
    ...(sql === undefined ? {} : { sql }),
  };
}

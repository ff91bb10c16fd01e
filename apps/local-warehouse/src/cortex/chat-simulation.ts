import type { ChatMessage, ChatRequest, ChatTool } from './chat-request';
import { simulatedMark } from './models';
import { schemaInstance } from './schema-instance';

/** What comes back in place of a model's answer: a text, or the call of a tool. */
export type Simulated = { text: string } | { tool: string; input: unknown };

const longestEcho = 200;
/** Shorter words say nothing about a tool. */
const shortestWord = 4;

/**
 * The same request gets the same answer, by three rules: a tool whose name or description shares a word with the last user message is
 * called once, with arguments out of that message; after a tool's result the answer is that result; a schema gets its smallest instance.
 */
export function simulate({ messages, tools, schema }: ChatRequest): Simulated {
  const asked = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const results = messages.filter(({ role }) => role === 'tool');
  const tool = results.length === 0 ? tools.find((one) => isAbout(one, asked)) : undefined;
  if (tool) return { tool: tool.name, input: schemaInstance(tool.parameters, asked) };
  if (schema) return { text: JSON.stringify(schemaInstance(schema, textOf(results) || asked)) };
  if (results.length > 0) return { text: `${simulatedMark} The tools answered: ${textOf(results)}` };
  return { text: `${simulatedMark} The question was: ${asked.slice(0, longestEcho)}` };
}

/** As models count: about four letters are a token. */
export const tokensOf = (text: string) => Math.ceil(text.length / 4);

const textOf = (results: ChatMessage[]) =>
  results
    .map(({ content }) => content)
    .join('; ')
    .slice(0, longestEcho * 10);

function isAbout({ name, description }: ChatTool, asked: string): boolean {
  const spoken = new Set(wordsOf(asked));
  return wordsOf(`${name} ${description}`).some((word) => spoken.has(word));
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length >= shortestWord);

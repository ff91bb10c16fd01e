import type { Turn } from './turn';

const MOST_TURNS = 20;
/** A parameter of text takes 100,000 characters. */
const MOST_CHARACTERS = 60_000;

/** What was said before, for the workflow: a JSON list of messages as models take them, the oldest left out where it grows too long. */
export function toldHistory(turns: readonly Turn[]): string {
  const told: string[] = [];
  let length = 2;
  for (const { question, answer } of turns
    .filter(({ answer }) => answer !== undefined)
    .slice(-MOST_TURNS)
    .toReversed()) {
    const messages = [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ];
    const text = messages.map((message) => JSON.stringify(message)).join(',');
    length += text.length + 1;
    if (length > MOST_CHARACTERS) break;
    told.unshift(text);
  }
  return `[${told.join(',')}]`;
}

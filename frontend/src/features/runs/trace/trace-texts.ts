import type { AgentStep } from '../../../api/types';

/** What of a step can be read: each part with what it is. */
export type TraceText = [label: string, text: string];

/** What a step was asked and what came of it, as somebody reads it; nothing of what is too large to be shown. */
export function traceTexts({ kind, state, asked, answered }: AgentStep): TraceText[] {
  const done = state === 'succeeded';
  const texts: [string, unknown][] =
    kind === 'model'
      ? [
          ['Was told', saidTo(asked)],
          ['Said', textIn(answered)],
        ]
      : kind === 'tool'
        ? [
            ['Arguments', asked],
            [done ? 'Result' : 'What the model was told', answered],
          ]
        : kind === 'delegation'
          ? [
              ['Task', asked],
              [done ? 'Answer' : 'What the supervisor was told', answered],
            ]
          : [[kind === 'approval' ? 'Decision' : 'Found', answered]];
  return texts.flatMap(([label, value]): TraceText[] =>
    value === undefined || value === null || value === ''
      ? []
      : [[label, typeof value === 'string' ? value : JSON.stringify(value, null, 2)]],
  );
}

/** A conversation's turns, one below the other. */
function saidTo(asked: unknown): string | undefined {
  if (!Array.isArray(asked)) return undefined;
  return asked.map((turn: { role?: unknown; content?: unknown }) => `${turn.role}: ${turn.content}`).join('\n\n');
}

/** The calls that a reply asks for stand below it by themselves. */
function textIn(answered: unknown): unknown {
  return typeof answered === 'object' && answered !== null && 'text' in answered ? answered.text : answered;
}

import type { Embedded } from './embed-api';

type Parameter = Embedded['parameters'][number];

export const INPUT_TYPES: Readonly<Record<Parameter['type'], string>> = {
  string: 'text',
  number: 'number',
  boolean: 'text',
  date: 'date',
  timestamp: 'datetime-local',
};

/** What the fields say at first: the defaults. */
export function initialTexts(parameters: readonly Parameter[]): Record<string, string> {
  return Object.fromEntries(parameters.map(({ name, default: value }) => [name, textOf(value)]));
}

/** The values of the fields. One that is empty is left out, so that its default holds; what is no number the server refuses by name. */
export function valuesOf(parameters: readonly Parameter[], texts: Record<string, string>): Record<string, unknown> {
  const filled = parameters.filter(({ name }) => (texts[name] ?? '') !== '');
  return Object.fromEntries(filled.map(({ name, type }) => [name, valueOf(type, texts[name] ?? '')]));
}

function valueOf(type: Parameter['type'], text: string): unknown {
  if (type === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (type === 'boolean' && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  // A field of the browser leaves out seconds that are none.
  if (type === 'timestamp' && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return `${text}:00`;
  return text;
}

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

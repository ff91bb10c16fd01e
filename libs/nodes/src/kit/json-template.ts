import { replaceTemplates, shown, type TemplateValues } from './text-template';

/** A piece of JSON text: a whole string literal, or a template outside of one. */
const PIECE = /"(?:[^"\\]|\\.)*"|\{\{\s*[A-Za-z_][A-Za-z0-9_.-]*\s*\}\}/g;

/** JSON text with its templates filled in: inside a string as text, elsewhere as JSON. No value can break out of its place. */
export function fillJsonTemplate(text: string, values: TemplateValues): string {
  return text.replaceAll(PIECE, (piece) =>
    piece.startsWith('"')
      ? replaceTemplates(piece, values, (value) => JSON.stringify(shown(value)).slice(1, -1))
      : replaceTemplates(piece, values, (value) => JSON.stringify(value ?? null)),
  );
}

/** Whether a text is JSON once its templates are filled in. */
export function isJsonTemplate(text: string): boolean {
  return parsed(text) !== undefined;
}

/** Whether a text is a JSON object once its templates are filled in, whatever stands for them. */
export function jsonObjectTemplate(text: string): boolean {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON that a text is with nothing where its templates stand. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(fillJsonTemplate(text, { values: {}, input: undefined, run: { id: '', workflowId: null } }));
  } catch {
    return undefined;
  }
}

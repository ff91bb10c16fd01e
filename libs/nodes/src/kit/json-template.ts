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
  try {
    JSON.parse(fillJsonTemplate(text, { values: {}, input: undefined, run: { id: '', workflowId: null } }));
    return true;
  } catch {
    return false;
  }
}

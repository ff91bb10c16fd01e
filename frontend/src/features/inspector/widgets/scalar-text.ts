export type ValueKind = 'number' | 'boolean' | 'date' | 'text';

/** The kind of value that a column of a Snowflake type is compared with. */
export function valueKindOf(type: string | undefined): ValueKind {
  if (type === undefined) return 'text';
  if (/^(NUMBER|DECIMAL|NUMERIC|INT|INTEGER|BIGINT|SMALLINT|TINYINT|FLOAT|DOUBLE|REAL)\b/i.test(type)) return 'number';
  if (/^BOOLEAN\b/i.test(type)) return 'boolean';
  return /^DATE\b/i.test(type) ? 'date' : 'text';
}

/**
 * The value of what was typed. A number stays text where a JavaScript number would change it (too many digits,
 * unfinished typing): the server reads text as well.
 */
export function parsedScalar(text: string, kind: ValueKind): string | number | boolean {
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (kind === 'number' && text.trim() !== '') {
    const number = Number(text);
    if (Number.isFinite(number) && String(number) === text.trim()) return number;
  }
  return text;
}

export function shownScalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function parsedList(text: string, kind: ValueKind): (string | number | boolean)[] | undefined {
  return text === '' ? undefined : text.split('\n').map((line) => parsedScalar(line, kind));
}

export function shownList(value: unknown): string {
  return Array.isArray(value) ? value.map(shownScalar).join('\n') : shownScalar(value);
}

import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { quoteIdentifier } from './quote-identifier';

/** A value that reaches SQL as a bind; `as` is the Snowflake type it is cast to, where the place doesn't decide it. */
export interface BoundValue {
  bind: Bind;
  as?: string;
}

/** A parameter of the workflow: which value it has is known at run time only. */
interface BoundParameter {
  parameter: string;
  as?: string;
}

export type SqlPart = string | BoundValue | BoundParameter;

/** SQL with its values kept apart from its text. Plain JSON; only the renderers turn it into a statement. */
export interface SqlFragment {
  readonly parts: readonly SqlPart[];
}

const isFragment = (value: unknown): value is SqlFragment =>
  typeof value === 'object' && value !== null && 'parts' in value;

/** Builds a fragment: the template's text is SQL, an inserted fragment is spliced in, and any other inserted value is a bind. */
export function sql(text: TemplateStringsArray, ...inserted: readonly (SqlFragment | Bind)[]): SqlFragment {
  const parts: SqlPart[] = [];
  text.forEach((piece, index) => {
    append(parts, piece);
    if (index >= inserted.length) return;
    const value = inserted[index];
    if (isFragment(value)) value.parts.forEach((part) => append(parts, part));
    else append(parts, { bind: value ?? null });
  });
  return { parts };
}

/** A quoted identifier; several parts are joined by dots (`"DB"."SCHEMA"."TABLE"`). */
export function identifier(...names: readonly string[]): SqlFragment {
  return { parts: [names.map(quoteIdentifier).join('.')] };
}

/** A value as a bind, cast to a Snowflake type where one is given. */
export function bind(value: Bind, as?: string): SqlFragment {
  return { parts: [as === undefined ? { bind: value } : { bind: value, as }] };
}

/** A workflow parameter as a bind whose value comes at run time. */
export function parameter(name: string, as?: string): SqlFragment {
  return { parts: [as === undefined ? { parameter: name } : { parameter: name, as }] };
}

/** Text that is SQL already: a word of our own, or text that `sql-tokens` has read. Never anything a person typed as a value. */
export function trusted(text: string): SqlFragment {
  return { parts: [text] };
}

/** Fragments with a separator between them. */
export function join(fragments: readonly SqlFragment[], separator = ', '): SqlFragment {
  const parts: SqlPart[] = [];
  fragments.forEach((fragment, index) => {
    if (index > 0) append(parts, separator);
    fragment.parts.forEach((part) => append(parts, part));
  });
  return { parts };
}

function append(parts: SqlPart[], part: SqlPart): void {
  const last = parts.length - 1;
  const before = parts[last];
  if (typeof part === 'string' && typeof before === 'string') parts[last] = before + part;
  else if (part !== '') parts.push(part);
}

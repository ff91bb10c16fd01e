import { SEARCH_KINDS, SearchKind, SearchQuery } from '@snowflow/contracts/catalog/search.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { folded } from './match-rank';

/** A search as it is looked up. Texts are folded. */
export interface SearchTerms {
  whole: string;
  /** Where dots part the text: the parts of the place, outermost first, and the name's, which may be empty. */
  dotted: { place: string[]; name: string } | undefined;
  kinds: ReadonlySet<SearchKind> | undefined;
  database: string | undefined;
}

/** Throws VALIDATION for a kind that there is not. */
export function termsOf({ q, kinds, database }: Pick<SearchQuery, 'q' | 'kinds' | 'database'>): SearchTerms {
  const whole = folded(q.trim());
  const parts = whole.replaceAll('"', '').split('.');
  const name = parts.at(-1) ?? '';
  const place = parts.slice(0, -1);
  const isDotted = place.length > 0 && place.length < 3 && place.every((part) => part !== '');
  return { whole, dotted: isDotted ? { place, name } : undefined, kinds: kindsOf(kinds), database };
}

/** Whether a place is the one meant: `a.b.` is database and schema, `a.` either. */
export function isMeant(place: readonly string[], database: string, schema: string | null): boolean {
  const [outer = '', inner] = place;
  const has = (name: string | null, part: string) => name !== null && folded(name).includes(part);
  return inner === undefined ? has(database, outer) || has(schema, outer) : has(database, outer) && has(schema, inner);
}

function kindsOf(text: string | undefined): ReadonlySet<SearchKind> | undefined {
  if (text === undefined) return undefined;
  const named = text.split(',').map((kind) => kind.trim());
  const known = SEARCH_KINDS.filter((kind) => named.includes(kind));
  const unknown = named.filter((kind) => !SEARCH_KINDS.some((one) => one === kind));
  if (unknown.length === 0) return new Set(known);
  throw new AppError('VALIDATION', `There is no kind ${unknown.join(', ')}.`, {
    errors: [{ path: 'kinds', message: `Kinds are ${SEARCH_KINDS.join(', ')}` }],
  });
}

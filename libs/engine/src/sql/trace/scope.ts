import { DATE_PARTS, WITHOUT_PARENTHESES } from '../sql-words';
import { NOTHING, merged, Trace, untraced } from './trace';
import { columnOf, TracedRelation } from './traced-relation';

/** The table of a name that no query has. */
export type TableNamed = (parts: readonly string[]) => TracedRelation;

/** What names mean in a place of a query. */
export interface Scope {
  /** What FROM gives, each under its name. */
  relations: readonly { name: string | undefined; relation: TracedRelation }[];
  /** Which rows FROM gives. */
  rows: Trace;
  /** Columns that a join makes one of two: USING. */
  shared: ReadonlyMap<string, Trace>;
  /** Names that the SELECT gives to what it computes. */
  aliases: Map<string, Trace>;
  /** Queries of WITH. */
  queries: ReadonlyMap<string, TracedRelation>;
  table: TableNamed;
  /** Reads the queries inside expressions and FROM. */
  traceQuery: (query: unknown, outer: Scope) => TracedRelation;
  /** Of the lambdas around it. */
  parameters: ReadonlySet<string>;
  outer?: Scope;
}

/** The scope of a query before its FROM is read. */
export function scopeIn(outer: Scope): Scope {
  return { ...outer, relations: [], rows: NOTHING, shared: new Map(), aliases: new Map(), outer };
}

/** A column by the name of its table and its own. */
export function qualified(scope: Scope, table: string, name: string): Trace {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const found = at.relations.filter((one) => one.name === table);
    const [only] = found;
    if (found.length > 1) return untraced(`“${table}” may be one of several`);
    if (only) return columnOf(only.relation, name) ?? untraced(`“${table}” has no column “${name}”`);
  }
  return untraced(`Nothing in this query is called “${table}”`);
}

/** A column by its name alone: of what FROM gives, then a name of the SELECT's own, then of the query around it. */
export function unqualified(scope: Scope, name: string): Trace {
  const shared = scope.shared.get(name);
  if (shared) return shared;
  const known = scope.relations.flatMap(({ relation }) => relation.columns.filter((column) => column.name === name));
  const [only] = known;
  if (known.length > 1) return untraced(`“${name}” may be one of several columns`);
  if (only) return only.trace;
  const open = scope.relations.flatMap(({ relation }) => relation.rest ?? []);
  const alias = scope.aliases.get(name);
  const [rest] = open;
  if (!rest) return alias ?? (scope.outer ? unqualified(scope.outer, name) : orAWord(name));
  const mayBeElsewhere = alias !== undefined || (scope.outer !== undefined && mayHave(scope.outer, name));
  if (open.length === 1 && !mayBeElsewhere) return rest(name);
  return merged(untraced(`Whose column “${name}” is can’t be told`), alias ?? NOTHING);
}

function mayHave(scope: Scope, name: string): boolean {
  const here = scope.relations.some(({ relation }) => columnOf(relation, name) !== undefined);
  return here || scope.aliases.has(name) || (scope.outer !== undefined && mayHave(scope.outer, name));
}

const orAWord = (name: string): Trace =>
  DATE_PARTS.has(name) || WITHOUT_PARENTHESES.has(name) ? NOTHING : untraced(`There is no column “${name}” here`);

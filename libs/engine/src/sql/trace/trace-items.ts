import { nameIn } from '../sql-tree';
import type { Scope } from './scope';
import { Trace, untraced } from './trace';
import { traceExpression } from './trace-expression';
import { columnOf, TracedColumn, TracedRelation } from './traced-relation';
import { beyond, itemsOf, membersOf, partOf } from './tree-parts';

type Items = Pick<TracedRelation, 'columns' | 'rest'>;
type Rest = (name: string) => Trace;

/** The columns that a SELECT's list gives. Each name is known to what stands behind it. */
export function selectedItems(list: readonly unknown[], scope: Scope): Items {
  const columns: TracedColumn[] = [];
  const open: Rest[] = [];
  for (const item of list) {
    const part = partOf(item);
    if (part?.kind === 'star') {
      const star = starItems(part.members, scope);
      columns.push(...star.columns);
      if (star.rest) open.push(star.rest);
      continue;
    }
    const isNamed = part?.kind === 'alias';
    const trace = traceExpression(isNamed ? part.members.this : item, scope);
    const name = nameIn(isNamed ? part.members.alias : part?.kind === 'column' ? part.members.name : undefined) ?? '';
    columns.push({ name, trace });
    if (isNamed && name !== '') scope.aliases.set(name, trace);
  }
  return { columns, ...restOf(open) };
}

function restOf(open: readonly Rest[]): Pick<Items, 'rest'> {
  const [only] = open;
  if (!only) return {};
  return { rest: open.length === 1 ? only : (name) => untraced(`Whose column “${name}” is can’t be told`) };
}

const STAR = new Set(['table', 'except', 'rename', 'replace']);

function starItems(star: Readonly<Record<string, unknown>>, scope: Scope): Items {
  const unknown = beyond(star, STAR);
  const table = nameIn(star.table);
  const of = scope.relations.filter(({ name }) => table === undefined || name === table);
  if (unknown !== undefined || of.length === 0) return { columns: [], rest: () => untraced('This * is not followed') };
  const seen = new Set<string>();
  const all = of.flatMap(({ relation }) =>
    relation.columns.flatMap(({ name, trace }): TracedColumn[] => {
      const shared = table === undefined ? scope.shared.get(name) : undefined;
      if (!shared) return [{ name, trace }];
      if (seen.has(name)) return [];
      seen.add(name);
      return [{ name, trace: shared }];
    }),
  );
  const open = of.flatMap(({ relation }) => relation.rest ?? []);
  return changed({ columns: all, ...restOf(open) }, star, scope);
}

/** EXCLUDE, REPLACE and RENAME of a star. */
function changed(items: Items, star: Readonly<Record<string, unknown>>, scope: Scope): Items {
  const left = new Set(itemsOf(star.except).flatMap((name) => nameIn(name) ?? []));
  const replaced = new Map(
    itemsOf(star.replace).flatMap((one) => {
      const name = nameIn(membersOf(one).alias);
      return name === undefined ? [] : [[name, traceExpression(membersOf(one).this, scope)] as const];
    }),
  );
  const renames = new Map(
    itemsOf(star.rename).map((pair): [string, string] => {
      const [from, to] = itemsOf(pair);
      return [nameIn(from) ?? '', nameIn(to) ?? ''];
    }),
  );
  const columns = items.columns
    .filter(({ name }) => !left.has(name))
    .map(({ name, trace }) => ({ name: renames.get(name) ?? name, trace: replaced.get(name) ?? trace }));
  const { rest } = items;
  if (!rest) return { columns };
  const relation = { ...items, rows: untraced('') };
  const named = [...renames].map(([from, to]) => ({ name: to, trace: columnOf(relation, from) ?? rest(from) }));
  return { columns: [...columns, ...named], rest: (name) => replaced.get(name) ?? rest(name) };
}

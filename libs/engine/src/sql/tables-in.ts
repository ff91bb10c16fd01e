import { nameIn } from './sql-tree';

/** The names that queries of a WITH have, where they may be read. */
type Scope = ReadonlySet<string>;

const NOWHERE: Scope = new Set();

/**
 * The tables and views that a statement of the parser's JSON names. A name of a WITH stands for its query only after that query and inside
 * the statement that the WITH belongs to: elsewhere it is the table or view of that name, which could otherwise hide behind it.
 */
export function tablesIn(value: unknown, scope: Scope = NOWHERE): string[][] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => tablesIn(one, scope));
  if (!isRecord(value)) return [];
  const { with: defined, ...rest } = value;
  const { found, inner } = definedBy(defined, scope);
  return [
    ...found,
    ...Object.entries(rest).flatMap(([key, member]) => [...tableAt(key, member, inner), ...tablesIn(member, inner)]),
  ];
}

function tableAt(key: string, member: unknown, scope: Scope): string[][] {
  if (key !== 'table' || !isRecord(member) || !isRecord(member.name)) return [];
  const parts = [member.catalog, member.schema, member.name].flatMap((part) => nameIn(part) ?? []);
  return parts.length > 1 || !scope.has(parts[0] ?? '') ? [parts] : [];
}

function definedBy(defined: unknown, scope: Scope): { found: string[][]; inner: Scope } {
  const ctes: unknown[] = isRecord(defined) && Array.isArray(defined.ctes) ? defined.ctes : [];
  let inner = scope;
  const found = ctes.filter(isRecord).flatMap((cte) => {
    const before = inner;
    inner = new Set([...before, ...[nameIn(cte.alias) ?? []].flat()]);
    return tablesOfQuery(cte.this, before, inner);
  });
  return { found, inner };
}

/** What goes on from its own rows names itself after a UNION, and nowhere else. */
function tablesOfQuery(query: unknown, before: Scope, withItself: Scope): string[][] {
  if (!isRecord(query) || !isRecord(query.union)) return tablesIn(query, before);
  const { left, ...rest } = query.union;
  return [...tablesOfQuery(left, before, withItself), ...tablesIn({ union: rest }, withItself)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

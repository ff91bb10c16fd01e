import { AGGREGATE_KINDS } from '../sql-words';
import { everyNode, nameIn, readTree } from '../sql-tree';
import { Scope, scopeIn } from './scope';
import { influenceOf, merged, NOTHING, Trace, untraced } from './trace';
import { traceExpression } from './trace-expression';
import { traceFrom } from './trace-from';
import { selectedItems } from './trace-items';
import { renamed, TracedColumn, TracedRelation, untracedRelation } from './traced-relation';
import { beyond, itemsOf, membersOf, partOf } from './tree-parts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));
const SELECT = words(
  'expressions from joins where_clause group_by having qualify order_by limit offset fetch top distinct with hint locks',
);
const UNITED = words('left right all distinct with order_by limit offset');
const ENCLOSED = words('this alias column_aliases order_by limit offset lateral modifiers_inside with');

/** The relation that a query gives. */
export function traceQuery(query: unknown, outer: Scope): TracedRelation {
  const part = partOf(query);
  const members = part?.members ?? {};
  switch (part?.kind) {
    case 'select':
      return traceSelect(members, outer);
    case 'union':
    case 'intersect':
    case 'except':
      return traceUnited(part.kind, members, outer);
    case 'subquery':
      return traceEnclosed(members, outer);
    default:
      return untracedRelation('This kind of query is not followed');
  }
}

function traceSelect(select: Members, outer: Scope): TracedRelation {
  const unknown = beyond(select, SELECT);
  if (unknown !== undefined) return untracedRelation(`“${unknown}” in a query is not followed`);
  const from = traceFrom(select.from, select.joins, { ...scopeIn(outer), queries: queriesOf(select.with, outer) });
  const items = selectedItems(itemsOf(select.expressions), from);
  const conditions = [select.where_clause, select.having, select.qualify].map((one) => traceExpression(one, from));
  const groups = traceGroups(select.group_by, items.columns, itemsOf(select.expressions), from);
  const different = select.distinct === true ? everyTrace(items) : [];
  return {
    ...items,
    rows: merged(
      from.rows,
      influenceOf(NOTHING, ...conditions, groups, ...different, limitedBy(select, items.columns, from)),
    ),
  };
}

type Members = Readonly<Record<string, unknown>>;

/** The queries of WITH, each seeing those before it; one that reads itself is not followed. */
function queriesOf(list: unknown, outer: Scope): Scope['queries'] {
  const queries = new Map(outer.queries);
  for (const one of itemsOf(membersOf(list).ctes)) {
    const { alias, this: query, columns } = membersOf(one);
    const name = nameIn(alias) ?? '';
    const itself = new Map(queries).set(name, untracedRelation('A query that reads itself is not followed'));
    const names = itemsOf(columns).flatMap((column) => nameIn(column) ?? []);
    queries.set(name, renamed(traceQuery(query, { ...scopeIn(outer), queries: itself }), names));
  }
  return queries;
}

/** Keys by expression, by the place of an item, or all items that measure nothing. */
function traceGroups(by: unknown, columns: readonly TracedColumn[], written: readonly unknown[], scope: Scope): Trace {
  const { expressions, all } = membersOf(by);
  if (all === true) {
    if (columns.length !== written.length) return untraced('Which columns * stands for is not known');
    return merged(NOTHING, ...columns.filter((_, at) => !measures(written[at])).map(({ trace }) => trace));
  }
  return merged(NOTHING, ...itemsOf(expressions).map((key) => itemAt(key, columns) ?? traceExpression(key, scope)));
}

const measures = (item: unknown) =>
  readTree(item).some((tree) => [...everyNode(tree)].some(({ kind }) => AGGREGATE_KINDS.has(kind)));

/** `ORDER BY` decides which rows there are only where not all are taken. */
function limitedBy(query: Members, columns: readonly TracedColumn[], scope: Scope): Trace {
  const { order_by: order, limit, offset, fetch, top } = query;
  if (![limit, offset, fetch, top].some((one) => one !== null && one !== undefined)) return NOTHING;
  const named = { ...scope, shared: new Map(columns.map(({ name, trace }) => [name, trace])) };
  const keys = itemsOf(membersOf(order).expressions).map((key) => membersOf(key).this);
  return merged(NOTHING, ...keys.map((key) => itemAt(key, columns) ?? traceExpression(key, named)));
}

/** What a number alone stands for in GROUP BY and ORDER BY. */
function itemAt(key: unknown, columns: readonly TracedColumn[]): Trace | undefined {
  const part = partOf(key);
  if (part?.kind !== 'literal' || part.members.literal_type !== 'number') return undefined;
  return columns[Number(part.members.value) - 1]?.trace ?? untraced('What a number stands for is not known');
}

function traceUnited(kind: string, query: Members, outer: Scope): TracedRelation {
  const unknown = beyond(query, UNITED);
  if (unknown !== undefined) return untracedRelation(`“${unknown}” in a query is not followed`);
  const scope = { ...scopeIn(outer), queries: queriesOf(query.with, outer) };
  const [left, right] = [traceQuery(query.left, scope), traceQuery(query.right, scope)];
  if (left.rest ?? right.rest) {
    const places = untraced('Columns of * are put together by their places');
    return {
      columns: [],
      rest: (name) => merged(left.columns.find((column) => column.name === name)?.trace ?? NOTHING, places),
      rows: merged(left.rows, right.rows, influenceOf(places)),
    };
  }
  const columns = left.columns.map(({ name, trace }, at): TracedColumn => {
    const other = right.columns[at]?.trace ?? NOTHING;
    return { name, trace: merged(trace, kind === 'union' ? other : influenceOf(other)) };
  });
  const compared = kind === 'union' && query.all === true ? [] : [...everyTrace(left), ...everyTrace(right)];
  const limits = limitedBy(query, columns, scope);
  const rows = kind === 'union' ? merged(left.rows, right.rows) : merged(left.rows, influenceOf(right.rows));
  return { columns, rows: merged(rows, influenceOf(NOTHING, ...compared, limits)) };
}

function traceEnclosed(query: Members, outer: Scope): TracedRelation {
  const unknown = beyond(query, ENCLOSED);
  if (unknown !== undefined) return untracedRelation(`“${unknown}” in a query is not followed`);
  const scope = { ...scopeIn(outer), queries: queriesOf(query.with, outer) };
  const inner = traceQuery(query.this, scope);
  const names = itemsOf(query.column_aliases).flatMap((column) => nameIn(column) ?? []);
  const limits = limitedBy(query, inner.columns, scope);
  return renamed({ ...inner, rows: merged(inner.rows, influenceOf(limits)) }, names);
}

const everyTrace = ({ columns, rest }: Pick<TracedRelation, 'columns' | 'rest'>): Trace[] => [
  ...columns.map(({ trace }) => trace),
  ...(rest ? [untraced('Which columns * stands for is not known')] : []),
];

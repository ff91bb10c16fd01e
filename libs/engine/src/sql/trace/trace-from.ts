import { nameIn } from '../sql-tree';
import type { Scope } from './scope';
import { influenceOf, merged, NOTHING, Trace, untraced } from './trace';
import { traceExpression } from './trace-expression';
import { columnOf, renamed, TracedRelation, untracedRelation, writtenRows } from './traced-relation';
import { beyond, itemsOf, membersOf, partOf, TreePart } from './tree-parts';

type Members = TreePart['members'];

const TABLE = new Set(['name', 'schema', 'catalog', 'alias', 'column_aliases', 'only', 'final_', 'hints']);
const JOIN = new Set(
  'this on using kind use_inner_keyword use_outer_keyword deferred_condition nesting_group directed'.split(' '),
);
const JOIN_KINDS = new Set(['Inner', 'Left', 'Right', 'Full', 'Cross', 'Implicit']);
const FLATTENED = ['SEQ', 'KEY', 'PATH', 'INDEX', 'VALUE', 'THIS'];

/** The scope behind FROM and JOIN, and which rows they give. What stands later sees what stands before. */
export function traceFrom(from: unknown, joins: unknown, start: Scope): Scope {
  let scope: Scope = { ...start, rows: NOTHING };
  for (const item of itemsOf(membersOf(from).expressions)) scope = withItem(scope, item);
  for (const join of itemsOf(joins)) scope = withJoin(scope, membersOf(join));
  return scope;
}

function withItem(scope: Scope, item: unknown): Scope {
  const part = partOf(item);
  if (part?.kind === 'joined_table') {
    const { left, joins, alias } = part.members;
    const inner = traceFrom({ expressions: [left] }, joins, { ...scope, relations: [], shared: new Map() });
    if (alias) return added(scope, nameIn(alias), untracedRelation('A join with a name is not followed'));
    const shared = new Map([...scope.shared, ...inner.shared]);
    return {
      ...scope,
      relations: [...scope.relations, ...inner.relations],
      shared,
      rows: merged(scope.rows, inner.rows),
    };
  }
  return part ? added(scope, ...relationIn(part, scope)) : added(scope, undefined, UNFOLLOWED);
}

function added(scope: Scope, name: string | undefined, relation: TracedRelation): Scope {
  return {
    ...scope,
    relations: [...scope.relations, { name, relation }],
    rows: merged(scope.rows, relation.rows),
  };
}

function withJoin(scope: Scope, join: Members): Scope {
  const isFollowed = beyond(join, JOIN) === undefined && JOIN_KINDS.has(String(join.kind));
  if (!isFollowed) {
    const part = partOf(join.this);
    const [name] = part ? relationIn(part, scope) : [];
    return added(scope, name, untracedRelation('This kind of join is not followed'));
  }
  const wide = withItem(scope, join.this);
  const right = wide.relations.slice(scope.relations.length);
  const keys = itemsOf(join.using).flatMap((one) => nameIn(one) ?? []);
  const both = keys.map((key) => merged(scope.shared.get(key) ?? ofSide(scope.relations, key), ofSide(right, key)));
  const shared = new Map([...wide.shared, ...keys.map((key, at) => [key, both[at] ?? NOTHING] as const)]);
  const condition = traceExpression(join.on, wide);
  return { ...wide, shared, rows: merged(wide.rows, influenceOf(condition, ...both)) };
}

/** A key of USING, of one side of a join. */
function ofSide(relations: Scope['relations'], key: string): Trace {
  const [known] = relations.filter(({ relation }) => relation.columns.some(({ name }) => name === key));
  const open = relations.filter(({ relation }) => relation.rest);
  const side = known ?? (open.length === 1 ? open[0] : undefined);
  return (side && columnOf(side.relation, key)) ?? untraced(`Whose column “${key}” is can’t be told`);
}

const UNFOLLOWED = untracedRelation('What this query reads is not followed');

/** What stands in FROM, and under which name. */
function relationIn({ kind, members }: TreePart, scope: Scope): [string | undefined, TracedRelation] {
  switch (kind) {
    case 'table':
      return tableIn(members, scope);
    case 'subquery': {
      const values = partOf(members.this);
      if (values?.kind === 'values')
        return [nameIn(members.alias), valuesIn(values.members, members.column_aliases, scope)];
      return [
        nameIn(members.alias),
        scope.traceQuery({ subquery: { ...members, alias: null } }, visible(members, scope)),
      ];
    }
    case 'values':
      return [nameIn(members.alias), valuesIn(members, members.column_aliases, scope)];
    case 'lateral':
      return [aliasOf(members.alias), functionIn(members.this, scope)];
    case 'alias':
      return [nameIn(members.alias), functionIn(members.this, scope)];
    case 'function':
      return [undefined, functionIn({ [kind]: members }, scope)];
    default:
      return [nameIn(members.alias), UNFOLLOWED];
  }
}

/** A query in FROM sees what stands before it only where it is LATERAL. */
function visible(members: Members, scope: Scope): Scope {
  return members.lateral === true ? scope : { ...scope, relations: [], shared: new Map(), aliases: new Map() };
}

function tableIn(members: Members, scope: Scope): [string | undefined, TracedRelation] {
  const parts = [members.catalog, members.schema, members.name].flatMap((part) => nameIn(part) ?? []);
  const own = parts.at(-1) ?? '';
  const name = nameIn(members.alias) ?? own;
  const unknown = beyond(members, TABLE);
  if (unknown !== undefined) return [name, untracedRelation(`“${unknown}” of a table is not followed`)];
  const relation = (parts.length === 1 ? scope.queries.get(own) : undefined) ?? scope.table(parts);
  const names = itemsOf(members.column_aliases).flatMap((column) => nameIn(column) ?? []);
  return [name, renamed(relation, names)];
}

function valuesIn(members: Members, aliases: unknown, scope: Scope): TracedRelation {
  const rows = itemsOf(members.expressions).map((row) => itemsOf(membersOf(row).expressions));
  const names = itemsOf(aliases).flatMap((column) => nameIn(column) ?? []);
  const columns = (rows[0] ?? []).map((_, at) => ({
    name: names[at] ?? `COLUMN${at + 1}`,
    trace: merged(NOTHING, ...rows.map((row) => traceExpression(row[at], scope))),
  }));
  return { columns, rows: NOTHING };
}

/** FLATTEN gives parts of what it is given; GENERATOR only rows. */
function functionIn(value: unknown, scope: Scope): TracedRelation {
  const part = partOf(value);
  if (part?.kind !== 'function') return UNFOLLOWED;
  const { name, args } = part.members;
  const called = String(name).toUpperCase();
  if (called === 'TABLE') return functionIn(itemsOf(args)[0], scope);
  if (called === 'GENERATOR') return writtenRows([]);
  if (called !== 'FLATTEN') return untracedRelation(`What ${called} gives is not followed`);
  const values = itemsOf(args).map((argument) => {
    const named = partOf(argument);
    return named?.kind === 'named_argument' ? named.members.value : argument;
  });
  const trace = traceExpression(values, scope);
  return { columns: FLATTENED.map((column) => ({ name: column, trace })), rows: influenceOf(trace) };
}

const aliasOf = (alias: unknown): string | undefined =>
  typeof alias === 'string' ? alias.toUpperCase() : nameIn(alias);

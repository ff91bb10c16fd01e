import { nameIn, QUERY_KINDS } from '../sql-tree';
import { qualified, Scope, unqualified } from './scope';
import { influenceOf, merged, NOTHING, Trace, untraced } from './trace';
import { TracedRelation } from './traced-relation';
import { itemsOf, membersOf, partOf, TreePart } from './tree-parts';

/** Where the value of an expression comes from. */
export function traceExpression(value: unknown, scope: Scope): Trace {
  if (Array.isArray(value)) return merged(NOTHING, ...value.map((item) => traceExpression(item, scope)));
  const part = partOf(value);
  if (part) return traceOfPart(part, scope);
  const members = Object.entries(membersOf(value)).filter(([name]) => name !== 'span');
  return merged(NOTHING, ...members.map(([, member]) => traceExpression(member, scope)));
}

function traceOfPart({ kind, members }: TreePart, scope: Scope): Trace {
  if (QUERY_KINDS.has(kind)) return ofQuery({ kind, members }, scope);
  switch (kind) {
    case 'column':
      return ofColumn(members, scope);
    case 'count':
      return members.star === true ? countOf(scope) : traceExpression(Object.values(members), scope);
    case 'star':
      return merged(NOTHING, ...scope.relations.map(({ relation }) => everyColumn(relation)));
    case 'window_function':
      return merged(traceExpression(members.this, scope), influenceOf(ofWindow(members.over, scope)));
    case 'lambda':
      return traceExpression(members.body, withParameters(members.parameters, scope));
    case 'dot':
    case 'connect_by_root':
    case 'prior':
      return untraced('A name of several parts can’t be told from one of a field');
    case 'parameter':
      return untraced('A column by its number can’t be told');
    case 'var':
    case 'literal':
    case 'data_type':
    case 'placeholder':
      return NOTHING;
    default:
      return traceExpression(Object.values(members), scope);
  }
}

/** `COUNT(*)` is made of the rows themselves. */
const countOf = ({ rows }: Scope): Trace => ({ value: rows.value, influence: new Map() });

function ofColumn(members: TreePart['members'], scope: Scope): Trace {
  const name = nameIn(members.name);
  const table = nameIn(members.table);
  if (name === undefined) return untraced('A column’s name can’t be read');
  if (scope.parameters.has(table ?? name)) return NOTHING;
  return table === undefined ? unqualified(scope, name) : qualified(scope, table, name);
}

/** A query as a value: of its columns, and which rows it has decides too. */
function ofQuery({ kind, members }: TreePart, scope: Scope): Trace {
  if (kind === 'exists') {
    const { rows } = scope.traceQuery(members.this, scope);
    return influenceOf(rows);
  }
  const relation = scope.traceQuery({ [kind]: members }, scope);
  return merged(everyColumn(relation), influenceOf(relation.rows));
}

function everyColumn({ columns, rest }: TracedRelation): Trace {
  return merged(
    NOTHING,
    ...columns.map(({ trace }) => trace),
    ...(rest ? [untraced('Which columns * stands for is not known')] : []),
  );
}

function ofWindow(over: unknown, scope: Scope): Trace {
  const { window_name: name, partition_by: parts, order_by: order } = membersOf(over);
  const named = name ? [untraced('A named window is not followed')] : [];
  return merged(NOTHING, ...named, traceExpression(itemsOf(parts), scope), traceExpression(itemsOf(order), scope));
}

/** A lambda's parameters are values of what its function goes through, which stands beside it. */
function withParameters(parameters: unknown, scope: Scope): Scope {
  const names = itemsOf(parameters).flatMap((parameter) => nameIn(parameter) ?? []);
  return { ...scope, parameters: new Set([...scope.parameters, ...names]) };
}

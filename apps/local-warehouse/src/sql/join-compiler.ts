import type { FromItem } from '../parser/query-tree';
import { invalidIdentifier, typeError, unsupported } from '../statements/warehouse-error';
import { castTo, commonType, comparable } from './coercion';
import type { Environment } from './environment';
import type { Scope, ScopeColumn, ScopeRelation } from './scope';
import type { Typed } from './typed';

type Join = Extract<FromItem, { t: 'join' }>;

/** Two sources joined; the scope then holds the relations of both. */
export function compileJoin(join: Join, env: Environment, outer: Scope | undefined): string {
  const start = env.scope.relations.length;
  const left = env.source(join.left, outer);
  const middle = env.scope.relations.length;
  const right = env.source(join.right, outer);
  const using = join.natural ? sharedColumns(env.scope, start, middle) : join.using?.map(({ text }) => text);
  markNullable(join.kind, env.scope, start, middle);
  const lateral = join.right.t === 'function';
  if (join.kind === 'CROSS') {
    if (join.on || using) throw typeError('CROSS JOIN takes no condition', join.at);
    return `${left} CROSS JOIN ${right}`;
  }
  if (join.kind === 'ASOF') return asof(join, left, right, env);
  const condition = using
    ? usingCondition(using, join, env.scope, start, middle)
    : join.on
      ? env.condition(join.on).sql
      : undefined;
  if (condition === undefined) {
    if (join.kind !== 'INNER') throw typeError(`${join.kind} JOIN needs a condition`, join.at);
    return `${left} CROSS JOIN ${right}`;
  }
  if (lateral && join.kind !== 'INNER' && join.kind !== 'LEFT')
    throw unsupported(`${join.kind} JOIN with a table function`, join.at);
  return `${left} ${join.kind} JOIN ${right} ON ${condition}`;
}

/** Columns of the side that may have no row can be NULL. */
function markNullable(kind: Join['kind'], scope: Scope, start: number, middle: number): void {
  const relax = (relation: ScopeRelation): ScopeRelation => ({
    ...relation,
    columns: relation.columns.map((column) => ({ ...column, nullable: true })),
  });
  scope.relations = scope.relations.map((relation, index) => {
    if (index < start) return relation;
    const isLeft = index < middle;
    const open =
      kind === 'FULL' || (kind === 'LEFT' && !isLeft) || (kind === 'RIGHT' && isLeft) || (kind === 'ASOF' && !isLeft);
    return open ? relax(relation) : relation;
  });
}

function sharedColumns(scope: Scope, start: number, middle: number): string[] {
  const names = (relations: readonly ScopeRelation[]) =>
    relations.flatMap(({ columns }) => columns.filter(({ merged }) => !merged).map(({ name }) => name));
  const right = new Set(names(scope.relations.slice(middle)));
  return names(scope.relations.slice(start, middle)).filter((name) => right.has(name));
}

/** `USING (a, b)`: the two columns become one, which comes first in a star. */
function usingCondition(names: readonly string[], join: Join, scope: Scope, start: number, middle: number): string {
  const merged: ScopeColumn[] = [];
  const tests = names.map((name) => {
    const [a, b] = [
      columnNamed(scope.relations.slice(start, middle), name, join),
      columnNamed(scope.relations.slice(middle), name, join),
    ];
    const [left, right] = comparable(a, b);
    const type = commonType([a, b], join.at);
    const [l, r] = [castTo(a, type), castTo(b, type)];
    const sql = join.kind === 'FULL' ? `coalesce(${l.sql}, ${r.sql})` : join.kind === 'RIGHT' ? r.sql : l.sql;
    merged.push({ name, sql, type, nullable: join.kind === 'RIGHT' ? b.nullable : a.nullable });
    return `${left.sql} = ${right.sql}`;
  });
  scope.relations = scope.relations.map((relation, index) =>
    index < start
      ? relation
      : {
          ...relation,
          columns: relation.columns.map((column) =>
            names.includes(column.name) ? { ...column, merged: true } : column,
          ),
        },
  );
  scope.relations.splice(start, 0, { names: [], columns: merged });
  return tests.join(' AND ') || 'TRUE';
}

function columnNamed(relations: readonly ScopeRelation[], name: string, join: Join): Typed {
  const found = relations.flatMap(({ columns }) => columns.filter((column) => column.name === name && !column.merged));
  const [column] = found;
  if (!column) throw invalidIdentifier(name, join.at);
  if (found.length > 1) throw typeError(`ambiguous column name '${name}'`, join.at);
  return { sql: column.sql, type: column.type, nullable: column.nullable, at: join.at };
}

function asof(join: Join, left: string, right: string, env: Environment): string {
  if (!join.match) throw typeError('ASOF JOIN needs MATCH_CONDITION', join.at);
  if (join.using) throw unsupported('ASOF JOIN … USING', join.at);
  const conditions = [join.on, join.match].flatMap((tree) => (tree ? env.condition(tree).sql : []));
  return `${left} ASOF LEFT JOIN ${right} ON ${conditions.join(' AND ')}`;
}

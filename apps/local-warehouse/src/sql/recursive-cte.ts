import type { Cte } from '../parser/query-tree';
import { unsupported } from '../statements/warehouse-error';
import { castTo } from './coercion';
import type { Query } from '../parser/query-tree';
import { CteScope, type CompiledQuery } from './environment';
import type { Scope } from './scope';
import { fixed, real, text, type ResultColumn, type SnowflakeType } from './snowflake-type';

/** A recursive column holds whatever later rounds make of it. */
const widened = (type: SnowflakeType): SnowflakeType =>
  type.kind === 'fixed' ? fixed(38, type.scale) : type.kind === 'text' ? text : type.kind === 'real' ? real : type;

/** `name AS (anchor UNION ALL recursion)`; undefined where the query has no such form. */
export function compileRecursiveCte(
  cte: Cte,
  alias: string,
  outer: Scope | undefined,
  ctes: CteScope,
  compile: (query: Query, outer: Scope | undefined, ctes: CteScope) => CompiledQuery,
): (CompiledQuery & { columns: ResultColumn[] }) | undefined {
  const { body } = cte.query;
  if (body.t !== 'set' || body.operator !== 'UNION') return undefined;
  const part = (side: typeof body.left) => ({
    ...cte.query,
    ctes: [],
    body: side,
    orderBy: [],
    orderByAll: undefined,
    limit: undefined,
    offset: undefined,
  });
  if (cte.query.orderBy.length > 0 || cte.query.limit || cte.query.ctes.length > 0) {
    throw unsupported('a recursive CTE with ORDER BY, LIMIT or WITH', body.at);
  }
  const anchor = compile(part(body.left), outer, ctes);
  const columns = anchor.columns.map(({ name, type }, index) => ({
    name: cte.columns[index]?.text ?? name,
    type: widened(type),
    nullable: true,
  }));
  const inner = new CteScope(ctes);
  inner.add(cte.name.text, { alias, columns });
  const recursion = compile(part(body.right), outer, inner);
  const branch = ({ sql, columns: from }: CompiledQuery) => {
    const cells = columns.map(({ type }, index) => {
      const { type: own, nullable } = from[index] ?? { type, nullable: true };
      return `${castTo({ sql: `q.c${index}`, type: own, nullable, at: body.at }, type).sql} AS c${index}`;
    });
    return `SELECT ${cells.join(', ')} FROM (${sql}) q`;
  };
  const union = body.all ? 'UNION ALL' : 'UNION';
  return { sql: `${alias} AS (${branch(anchor)} ${union} ${branch(recursion)})`, columns };
}

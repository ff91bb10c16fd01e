import type { Column } from '@snowflow/contracts/documents/column';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { identifier, join, sql, SqlFragment, trusted } from './sql/sql-fragment';
import { everythingOf, neededOf } from './needed';
import type { ComposedQuery, Inputs, OrderKey, Picked, Relation } from './sql-node';

/** The relation at a port that takes one edge. The plan composes a node only where what it needs is live. */
export function inputAt(inputs: Inputs, port: string): Relation {
  const relation = inputs[port]?.[0];
  if (!relation) throw new AppError('INTERNAL', `A node was composed without its input “${port}”`);
  return relation;
}

/** The relations that are live at a port that takes many edges, in document order. */
export function inputsAt(inputs: Inputs, port: string): readonly Relation[] {
  return (inputs[port] ?? []).filter((relation) => relation !== undefined);
}

/** Quoted names with commas between. */
export function columnList(names: readonly string[]): SqlFragment {
  return join(names.map((name) => identifier(name)));
}

/** All of a relation's columns, hidden ones last. */
export function everyColumn(relation: Relation): SqlFragment {
  return columnList([...namesOf(relation.columns), ...relation.hidden]);
}

/** Names of columns. */
export function namesOf(columns: readonly Column[]): string[] {
  return columns.map((column) => column.name);
}

/** A query over one input that gives its columns, as far as they are needed, and keeps its order; `rest` follows FROM. */
export function passing(input: Relation, rest: SqlFragment, needed = everythingOf(input)): ComposedQuery {
  const { hidden, order } = needed.order ? input : { hidden: [], order: [] };
  const columns = columnList([...namesOf(neededOf(input.columns, needed)), ...hidden]);
  return { query: sql`SELECT ${columns} FROM ${input.from}${rest}`, hidden, order };
}

/** The same for a node that only picks rows, or nothing but columns. */
export function picking(input: Relation, where: readonly SqlFragment[], needed = everythingOf(input)): ComposedQuery {
  const { hidden, order } = needed.order ? input : { hidden: [], order: [] };
  const columns = [...namesOf(neededOf(input.columns, needed)), ...hidden];
  return pickOf({ from: input, columns, where }, { hidden, order });
}

/**
 * A query that only picks. It is written where it is asked for: most are put together with those before them. Each condition has a line, so
 * that the line in an error of Snowflake's tells which.
 */
export function pickOf(picked: Picked, carried: Pick<ComposedQuery, 'hidden' | 'order'> = {}): ComposedQuery {
  return {
    ...carried,
    picked,
    get query() {
      const rows = picked.where.length === 0 ? trusted('') : sql` WHERE ${join(picked.where, '\n  AND ')}`;
      return sql`SELECT ${columnList(picked.columns)} FROM ${picked.from.from}${rows}`;
    },
  };
}

/** ` ORDER BY …`, or nothing where there is no order. */
export function orderClause(order: readonly OrderKey[]): SqlFragment {
  if (order.length === 0) return trusted('');
  const keys = order.map(({ column, direction, nulls }) => {
    const suffix = nulls === undefined ? '' : ` NULLS ${nulls === 'first' ? 'FIRST' : 'LAST'}`;
    return sql`${identifier(column)}${trusted(direction === 'desc' ? ' DESC' : ' ASC')}${trusted(suffix)}`;
  });
  return sql` ORDER BY ${join(keys)}`;
}

/** The SELECT that ends a statement: the visible columns, in order. */
export function selectAll(input: Relation): SqlFragment {
  return sql`SELECT ${columnList(namesOf(input.columns))} FROM ${input.from}${orderClause(input.order)}`;
}

/** ` LIMIT …`: whole numbers that a schema has checked, written out, because Snowflake takes no bind there. */
export function limitClause(rows: number, offset = 0): SqlFragment {
  const numbers = [rows, offset];
  if (!numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) {
    throw new AppError('INTERNAL', 'A limit reached SQL that is no whole number');
  }
  return trusted(` LIMIT ${rows}${offset > 0 ? ` OFFSET ${offset}` : ''}`);
}

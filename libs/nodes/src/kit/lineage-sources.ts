import { columnsAt } from './column-checks';
import type { Lineage, LineageContext, LineageSource, NodeLineage, QueryLineage } from './lineage';
import type { CheckContext } from './node-definition';
import { identifier, sql } from './sql/sql-fragment';
import { SqlTextError } from './sql/sql-text-error';
import { aggregateFragment, expressionFragment } from './sql/sql-text';

/** A column that reaches a port. */
export function columnFrom(column: string, port = 'in', edge = 0): LineageSource {
  return { kind: 'column', port, edge, column };
}

/** Which rows reach a port. */
export function rowsFrom(port = 'in', edge = 0): LineageSource {
  return { kind: 'rows', port, edge };
}

/** Made of these. */
export const madeOf = (value: readonly LineageSource[], influence: readonly LineageSource[] = []): Lineage => ({
  value,
  influence,
});

/** All that a lineage names, however it does. */
export const allOf = ({ value, influence }: Lineage): LineageSource[] => [...value, ...influence];

/** What cannot be told, with the reason. */
export const unknownSource = (why: string): LineageSource => ({ kind: 'unknown', why });

/** Each column of an input, as it is, and its rows; `influence` decides which of the rows are left. */
export function passedOn(
  context: CheckContext,
  influence: readonly LineageSource[] = [],
  port = 'in',
): Pick<NodeLineage, 'columns' | 'rows'> {
  const columns = columnsAt(context, port) ?? [];
  return {
    columns: new Map(columns.map(({ name }) => [name, madeOf([columnFrom(name, port)])])),
    rows: madeOf([rowsFrom(port)], influence),
  };
}

const INPUT = 'INPUT';
const VALUE = 'VALUE';

/** What an expression over the columns of a port reads; `aggregate`: over all of its rows. */
export function readBy(text: string, context: LineageContext, kind: 'scalar' | 'aggregate' = 'scalar'): Lineage {
  const read = () => {
    const fragment = (kind === 'scalar' ? expressionFragment : aggregateFragment)(text, context.parameters);
    const query = sql`SELECT ${fragment} AS ${identifier(VALUE)} FROM ${identifier(INPUT)}`;
    return context.readQuery(query, new Map([[INPUT, { port: 'in', edge: 0, columns: columnsAt(context, 'in') }]]));
  };
  return readable(read).columns([VALUE])[0] ?? UNREADABLE;
}

const UNREADABLE = madeOf([unknownSource('The SQL can’t be read')]);

/** A query's lineage, or that its text can't be read. */
export function readable(read: () => QueryLineage): QueryLineage {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SqlTextError)) throw error;
    return { columns: (names) => names.map(() => UNREADABLE), rows: UNREADABLE };
  }
}

import type { LineageSource, QueryInput, QueryLineage } from '@snowflow/nodes/kit/lineage';
import { lineageOfTrace, NOTHING, Trace, traceTo, untraced } from './trace';
import { traceQuery } from './trace-query';
import { columnOf, TracedRelation } from './traced-relation';

/** What is known of a table by its name, as it is written: its database, schema and columns. */
export type KnownTable = (
  parts: readonly string[],
) => { database: string | null; schema: string | null; columns?: readonly string[] } | undefined;

type Inputs = ReadonlyMap<string, QueryInput>;

/** The lineage of a query by the parser's tree of it. */
export function queryLineage(query: unknown, inputs: Inputs, known: KnownTable): QueryLineage {
  const relation = traceQuery(query, {
    relations: [],
    rows: NOTHING,
    shared: new Map(),
    aliases: new Map(),
    queries: new Map([...inputs].map(([name, input]) => [name, ofInput(input)])),
    table: (parts) => ofTable(parts, known),
    traceQuery,
    parameters: new Set(),
  });
  const traces = (names: readonly string[]) =>
    !relation.rest && relation.columns.length === names.length
      ? relation.columns.map(({ trace }) => trace)
      : names.map((name) => columnOf(relation, name) ?? untraced(`The query’s column “${name}” was not found in it`));
  return { columns: (names) => traces(names).map(lineageOfTrace), rows: lineageOfTrace(relation.rows) };
}

/** Where there is no tree of the query. */
export function unreadLineage(why: string): QueryLineage {
  const lineage = lineageOfTrace(untraced(why));
  return { columns: (names) => names.map(() => lineage), rows: lineage };
}

function ofInput({ port, edge, columns }: QueryInput): TracedRelation {
  const trace = (column: string) => traceTo({ kind: 'column', port, edge, column });
  return withColumns(
    columns?.map(({ name }) => name),
    trace,
    traceTo({ kind: 'rows', port, edge }),
  );
}

function ofTable(parts: readonly string[], known: KnownTable): TracedRelation {
  const [table = '', schema = null, database = null] = parts.toReversed();
  const found = known(parts) ?? { database, schema };
  const source = (column: string | null): LineageSource => ({
    kind: 'table',
    database: found.database,
    schema: found.schema,
    table,
    column,
  });
  if (table === '') return { columns: [], rows: NOTHING };
  return withColumns(found.columns, (column) => traceTo(source(column)), traceTo(source(null)));
}

function withColumns(
  names: readonly string[] | undefined,
  trace: (name: string) => Trace,
  rows: Trace,
): TracedRelation {
  if (!names) return { columns: [], rest: trace, rows };
  return { columns: names.map((name) => ({ name, trace: trace(name) })), rows };
}

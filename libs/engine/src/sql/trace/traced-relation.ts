import { NOTHING, Trace, untraced } from './trace';

/** A column of a traced relation; an expression without a name has an empty one. */
export interface TracedColumn {
  name: string;
  trace: Trace;
}

/** Rows as a query reads them. */
export interface TracedRelation {
  columns: readonly TracedColumn[];
  /** Where it has columns that are not known by name: what one of that name would come from. */
  rest?: (name: string) => Trace;
  rows: Trace;
}

/** A relation of which nothing can be told. */
export function untracedRelation(why: string): TracedRelation {
  const trace = untraced(why);
  return { columns: [], rest: () => trace, rows: trace };
}

/** The trace of a column by name; undefined where the relation has none. */
export function columnOf({ columns, rest }: TracedRelation, name: string): Trace | undefined {
  return columns.find((column) => column.name === name)?.trace ?? rest?.(name);
}

/** The same relation under other names, as far as there are any. */
export function renamed(relation: TracedRelation, names: readonly string[]): TracedRelation {
  if (names.length === 0) return relation;
  if (relation.rest) return { ...untracedRelation('Columns of * are renamed by their places'), rows: relation.rows };
  return {
    ...relation,
    columns: relation.columns.map(({ name, trace }, at) => ({ name: names[at] ?? name, trace })),
  };
}

/** Rows that stand in the text. */
export const writtenRows = (names: readonly string[]): TracedRelation => ({
  columns: names.map((name) => ({ name, trace: NOTHING })),
  rows: NOTHING,
});

import type { CheckContext, Columns } from './node-definition';
import type { SqlFragment } from './sql/sql-fragment';

/** A column of a table or view, or, without a column, which rows it has. Without a database or schema those of the session hold. */
export interface TableColumn {
  database: string | null;
  schema: string | null;
  table: string;
  column: string | null;
}

/** Where something that a node gives comes from: what an edge brings, a table it reads itself, or what nobody can tell. */
export type LineageSource =
  | { kind: 'column'; port: string; edge: number; column: string }
  /** Which rows an edge brings. */
  | { kind: 'rows'; port: string; edge: number }
  /** In what order it brings them. */
  | { kind: 'order'; port: string; edge: number }
  | ({ kind: 'table' } & TableColumn)
  | { kind: 'unknown'; why: string };

/** `value`: what it is made of. `influence`: what else decides what it comes to, as keys, conditions and orders do. */
export interface Lineage {
  value: readonly LineageSource[];
  influence: readonly LineageSource[];
}

/** What a node gives, each with where it comes from. What rows come from holds for every column besides. */
export interface NodeLineage {
  columns: ReadonlyMap<string, Lineage>;
  rows: Lineage;
  /** What its own order is made of; only of nodes whose definition says that they give one. */
  order?: readonly LineageSource[];
  /** The fields of the value it gives, as far as they can be told. */
  fields?: ReadonlyMap<string, Lineage>;
  /** The table that it writes its rows into, column by column under their names. */
  target?: Omit<TableColumn, 'column'>;
}

/** A relation that a query finds under a name: the columns that an edge brings. */
export interface QueryInput {
  port: string;
  edge: number;
  columns: Columns;
}

/** The lineage of a query by its text. */
export interface QueryLineage {
  /** Of the columns that it gives, as they are called, in their order. */
  columns(names: readonly string[]): Lineage[];
  rows: Lineage;
}

/** What a node's lineage may look at. SQL is read by the parser, which only the workflow service has. */
export interface LineageContext extends CheckContext {
  /** Over inputs by name, as Snowflake spells it; any other name is a table's. */
  readQuery(query: SqlFragment, inputs: ReadonlyMap<string, QueryInput>): QueryLineage;
}

import type { Column } from '@snowflow/contracts/documents/column';
import type { SqlFragment } from './sql/sql-fragment';
import type { DeclaredParameters } from './sql/sql-text';

/** A key of an order, over a relation's columns (hidden ones too). */
export interface OrderKey {
  column: string;
  direction: 'asc' | 'desc';
  nulls?: 'first' | 'last';
}

/** The rows that a node reads: a name in the statement's WITH list and what is known of it. */
export interface Relation {
  /** The quoted name. */
  from: SqlFragment;
  columns: readonly Column[];
  /** Columns that only an order still needs; never shown, dropped where the order is. */
  hidden: readonly string[];
  order: readonly OrderKey[];
}

/** By port; an input that is dead in this run is undefined, so the others keep their places. */
export type Inputs = Readonly<Record<string, readonly (Relation | undefined)[]>>;

/** What the rest of a statement needs of a relation. */
export interface Needed {
  columns: ReadonlySet<string>;
  /** Whether its order counts; then the columns of that order, hidden ones too, are needed as well. */
  order: boolean;
}

interface NeedContext {
  /** The columns the node gives, as its definition says. */
  columns: readonly Column[];
  /** At least one column. */
  needed: Needed;
}

interface ComposeContext extends Omit<NeedContext, 'needed'> {
  parameters: DeclaredParameters;
  /** Only with `columnsNeeded`: so much will do. Absent: everything. */
  needed?: Needed;
}

/** A node as SQL: a query that gives `context.columns`, at least the needed ones, and then the hidden columns. */
export interface ComposedQuery {
  query: SqlFragment;
  hidden?: readonly string[];
  order?: readonly OrderKey[];
  /** The parts of the query, where it does nothing but pick: so that it can be written as one with a pick before it. */
  picked?: Picked;
}

/** Some columns of an input, each under its own name, of all rows or of those for which all of `where` holds. */
export interface Picked {
  from: Relation;
  columns: readonly string[];
  where: readonly SqlFragment[];
}

/** Composes a relational node (`<name>.sql.ts`). Pure; gets only configs that the node's schema has parsed and its checks passed. */
export interface SqlNode<Config = unknown> {
  readonly type: string;
  compose(config: Config, inputs: Inputs, context: ComposeContext): ComposedQuery;
  /**
   * What it needs of each input, in its place, to give what is needed of itself: rows and values must be those of the whole node. A node
   * without it gives all of its columns and needs all of its inputs.
   */
  columnsNeeded?(config: Config, inputs: Inputs, context: NeedContext): Readonly<Record<string, readonly Needed[]>>;
}

/** What ends a statement: the relation, the WITH list before it, and the table it writes where it is known. */
export interface StatementParts {
  /** `WITH … ` or empty. */
  prelude: SqlFragment;
  /** The rows that reach it. Of a node that a value reaches, one row whose only column VALUE is it. */
  input: Relation;
  /** The value that reaches it, as a bind. */
  value?: SqlFragment;
  parameters: DeclaredParameters;
  targetExists: boolean;
}

/** How a result is called and shown. `chart` holds Vega-Lite encodings. */
export interface ShownResult {
  name: string;
  view: 'table' | 'chart' | 'json' | 'text';
  chart?: Record<string, unknown>;
}

/** A table that a statement changes, and how. */
export interface WrittenTable {
  database: string;
  schema: string;
  table: string;
  mode: 'create' | 'replace' | 'append' | 'merge';
}

/** Composes the statement of a node that ends one (`<name>.step.ts`): an output or a condition. */
export interface StepNode<Config = unknown> {
  readonly type: string;
  readonly kind: 'query' | 'write' | 'condition';
  statement(config: Config, parts: StatementParts): SqlFragment;
  /** What it needs of the relation that reaches it; without it everything. */
  columnsNeeded?(config: Config, input: Relation): Needed;
  /** Of a condition: the port that is taken, by the number of rows its statement gave. No value has to leave Snowflake for it. */
  portTaken?(config: Config, rowCount: number): string;
  /** The table it changes; only where the statement changes one. */
  writes?(config: Config): WrittenTable;
  /** How the result is called and shown; only where the statement gives one. */
  result?(config: Config): ShownResult;
}

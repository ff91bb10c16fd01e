import type { SemanticModel } from '@snowflow/contracts/semantic/semantic-model';
import type { SnowflakeType } from '../sql/snowflake-type';

/** A tag that is set on an object or a column. */
export interface SetTag {
  database: string;
  schema: string;
  name: string;
  value: string;
}

export interface CatalogColumn {
  name: string;
  /** What DuckDB calls it. People's tables have names of our own there, so any Snowflake name fits. */
  physical: string;
  type: SnowflakeType;
  nullable: boolean;
  /** The default as it was written. */
  default: string | undefined;
  autoIncrement: boolean;
  primaryKey: boolean;
  comment: string | undefined;
  tags?: readonly SetTag[];
}

interface RelationBase {
  database: string;
  schema: string;
  name: string;
  owner: string;
  createdAt: number;
  comment: string | undefined;
  /** Roles that were granted SELECT. */
  readers?: readonly string[];
  columns: readonly CatalogColumn[];
  tags?: readonly SetTag[];
  /** When its definition changed last; undefined where it never did. */
  alteredAt?: number;
}

export interface TableEntry extends RelationBase {
  kind: 'TABLE';
  /** DuckDB's name of it, ready to be written into SQL. */
  physical: string;
  durability: 'PERMANENT' | 'TRANSIENT' | 'TEMPORARY';
  /** Where it never changes; else it is counted when it is asked for. */
  rowCount?: number;
  /** How many columns it ever had: the next one's physical name. */
  columnCount: number;
}

export interface ViewEntry extends RelationBase {
  kind: 'VIEW';
  /** The query as it was written; it is read with the names of the schema the view stands in. */
  source: string;
  /** Its text is its owner's only. Undefined in a catalog that was written before there were secure views. */
  isSecure?: boolean;
}

export type RelationEntry = TableEntry | ViewEntry;

/** A semantic view: names and measures over tables, each of which its owner may read. */
export interface SemanticViewEntry {
  database: string;
  schema: string;
  name: string;
  owner: string;
  createdAt: number;
  comment: string | undefined;
  model: SemanticModel;
}

/** A Cortex Search service: texts of a query, read with its owner's rights at each search. */
export interface SearchServiceEntry {
  database: string;
  schema: string;
  name: string;
  owner: string;
  createdAt: number;
  comment: string | undefined;
  warehouse: string | undefined;
  targetLag: string | undefined;
  /** The column whose text is searched. */
  searched: string;
  /** The columns that filters may name. */
  attributes: readonly string[];
  /** All columns of the query. */
  columns: readonly string[];
  source: string;
}

export interface SequenceEntry {
  name: string;
  physical: string;
  owner: string;
  createdAt: number;
}

export interface TagEntry {
  name: string;
  owner: string;
  createdAt: number;
  /** The values it may have; any, where there are none. */
  allowed: readonly string[];
}

export interface SchemaEntry {
  name: string;
  owner: string;
  createdAt: number;
  /** Roles that were granted USAGE. */
  readers?: readonly string[];
  relations: Map<string, RelationEntry>;
  sequences: Map<string, SequenceEntry>;
  semanticViews: Map<string, SemanticViewEntry>;
  searchServices: Map<string, SearchServiceEntry>;
  tags: Map<string, TagEntry>;
}

export interface DatabaseEntry {
  name: string;
  owner: string;
  createdAt: number;
  /** A share: everybody reads it, nobody writes it. */
  shared: boolean;
  /** Nobody writes it, though it is no share. */
  isReadOnly?: boolean;
  /** Roles that were granted USAGE. */
  readers?: readonly string[];
  schemas: Map<string, SchemaEntry>;
}

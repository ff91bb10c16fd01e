import type { SemanticModel } from '@snowflow/contracts/semantic/semantic-model';
import type { SourcePosition } from '../statements/warehouse-error';
import type { Expression, Name, TypeSyntax } from './expression-tree';
import type { Alias, FromItem, Query } from './query-tree';

export interface ColumnDefinition {
  name: Name;
  type: TypeSyntax | undefined;
  notNull: boolean;
  primaryKey: boolean;
  unique: boolean;
  default: { expression: Expression; source: string } | undefined;
  autoIncrement: boolean;
  comment: string | undefined;
}

export type TableSource =
  { t: 'columns' } | { t: 'query'; query: Query } | { t: 'like'; table: Name[] } | { t: 'clone'; table: Name[] };

export type Creation = 'fail' | 'replace' | 'skip';

export type SetClause = { column: Name; value: Expression };

export type MergeBranch =
  | { t: 'update'; condition: Expression | undefined; set: SetClause[] }
  | { t: 'delete'; condition: Expression | undefined }
  | { t: 'insert'; condition: Expression | undefined; columns: Name[]; values: Expression[] };

/** The tags that an object or column gets and loses. */
export interface TagChange {
  set: { tag: Name[]; value: string }[];
  unset: Name[][];
}

export type TableChange =
  | { t: 'addColumn'; column: ColumnDefinition; ifNotExists: boolean }
  | { t: 'dropColumn'; columns: Name[]; ifExists: boolean }
  | { t: 'renameColumn'; from: Name; to: Name }
  | { t: 'rename'; to: Name[] }
  | { t: 'swap'; with: Name[] }
  | { t: 'comment'; comment: string | undefined }
  | ({ t: 'tags'; column: Name | undefined } & TagChange);

export interface ShowOptions {
  terse: boolean;
  like: string | undefined;
  scope: { kind: 'ACCOUNT' | 'DATABASE' | 'SCHEMA' | 'TABLE' | undefined; name: Name[] } | undefined;
  startsWith: string | undefined;
  limit: { rows: number; from: string | undefined } | undefined;
}

export type ShowKind =
  | 'DATABASES'
  | 'SCHEMAS'
  | 'TABLES'
  | 'VIEWS'
  | 'OBJECTS'
  | 'COLUMNS'
  | 'WAREHOUSES'
  | 'ROLES'
  | 'PARAMETERS'
  | 'MODELS'
  | 'PRIMARY KEYS'
  | 'CORTEX SEARCH SERVICES'
  | 'GRANTS'
  | 'SEMANTIC VIEWS'
  | SemanticPartKind
  | EmptyShowKind;

/** The parts of semantic views that SHOW lists. */
export type SemanticPartKind = 'SEMANTIC DIMENSIONS' | 'SEMANTIC METRICS' | 'SEMANTIC FACTS';

/** Kinds of objects this warehouse has none of: SHOW lists nothing, with Snowflake's columns. */
export type EmptyShowKind =
  'STAGES' | 'STREAMS' | 'USER FUNCTIONS' | 'DYNAMIC TABLES' | 'MATERIALIZED VIEWS' | 'IMPORTED KEYS';

/** What follows the equals sign of an option of CREATE USER and its like. */
export type PropertyValue = string | number | boolean;

/** A statement this warehouse may run; what the parser does not know never gets this far. */
export type StatementTree =
  | { t: 'query'; query: Query }
  | { t: 'insert'; table: Name[]; columns: Name[]; query: Query; overwrite: boolean; at: SourcePosition }
  | {
      t: 'update';
      table: Name[];
      alias: Alias;
      set: SetClause[];
      from: FromItem | undefined;
      where: Expression | undefined;
    }
  | { t: 'delete'; table: Name[]; alias: Alias; using: FromItem | undefined; where: Expression | undefined }
  | { t: 'merge'; table: Name[]; alias: Alias; source: FromItem; on: Expression; branches: MergeBranch[] }
  | {
      t: 'createTable';
      name: Name[];
      creation: Creation;
      kind: 'PERMANENT' | 'TRANSIENT' | 'TEMPORARY';
      columns: ColumnDefinition[];
      primaryKey: Name[];
      source: TableSource;
      comment: string | undefined;
    }
  | {
      t: 'createView';
      name: Name[];
      creation: Creation;
      isSecure: boolean;
      columns: Name[];
      query: Query;
      source: string;
      comment: string | undefined;
    }
  | {
      t: 'createSemanticView';
      name: Name[];
      creation: Creation;
      /** Without the databases and schemas of its tables: those are in `bases`, in the same order, as they were written. */
      model: SemanticModel;
      bases: Name[][];
    }
  | { t: 'createSemanticViewFromYaml'; args: Expression[] }
  | { t: 'dropSemanticView'; name: Name[]; ifExists: boolean }
  | { t: 'describeSemanticView'; name: Name[] }
  | {
      t: 'createSearchService';
      name: Name[];
      creation: Creation;
      on: Name;
      attributes: Name[];
      options: { comment?: string | undefined; warehouse?: string; targetLag?: string };
      query: Query;
      source: string;
    }
  | { t: 'dropSearchService'; name: Name[]; ifExists: boolean }
  | { t: 'createSchema'; name: Name[]; creation: Creation }
  | { t: 'createDatabase'; name: Name; creation: Creation }
  | { t: 'createSequence'; name: Name[]; creation: Creation; start: number; increment: number }
  /** `allowed`: the values it may have; any, where it names none. */
  | { t: 'createTag'; name: Name[]; creation: Creation; allowed: string[] }
  | { t: 'drop'; kind: 'TABLE' | 'VIEW' | 'SCHEMA' | 'DATABASE' | 'SEQUENCE'; name: Name[]; ifExists: boolean }
  | { t: 'truncate'; table: Name[]; ifExists: boolean }
  | { t: 'alterTable'; table: Name[]; ifExists: boolean; change: TableChange }
  | { t: 'commentOn'; kind: 'TABLE' | 'VIEW' | 'COLUMN'; name: Name[]; comment: string }
  | { t: 'createUser'; name: string; ifNotExists: boolean; properties: [string, PropertyValue][] }
  | { t: 'alterUser'; user: string; set: [string, PropertyValue][]; unset: string[] }
  | { t: 'dropUser'; name: string; ifExists: boolean }
  | { t: 'addToken'; user: string; token: string; properties: [string, PropertyValue][] }
  | { t: 'removeToken'; user: string; token: string }
  | { t: 'createRole'; name: string; replace: boolean; ifNotExists: boolean }
  | { t: 'dropRole'; name: string; ifExists: boolean }
  | { t: 'grantRole'; verb: 'GRANT' | 'REVOKE'; role: string; user: string }
  | {
      t: 'grantReading';
      verb: 'GRANT' | 'REVOKE';
      kind: 'DATABASE' | 'SCHEMA' | 'TABLE' | 'VIEW';
      name: Name[];
      role: string;
    }
  | { t: 'grantManaging'; verb: 'GRANT' | 'REVOKE'; role: string }
  | { t: 'use'; kind: 'ROLE' | 'WAREHOUSE' | 'DATABASE' | 'SCHEMA' | 'ANY'; name: Name[] }
  | { t: 'useSecondaryRoles'; roles: 'ALL' | 'NONE' }
  | { t: 'show'; kind: ShowKind; options: ShowOptions; grants: { target: 'USER' | 'ROLE'; name: Name } | undefined }
  | { t: 'describe'; kind: 'TABLE' | 'VIEW' | 'ANY'; name: Name[] }
  | { t: 'describeResult'; queryId: Expression }
  | { t: 'explain'; format: 'TABULAR' | 'JSON' | 'TEXT'; statement: StatementTree }
  | { t: 'alterSession'; set: [string, string | number | boolean][]; unset: string[] }
  | { t: 'setVariables'; values: [string, Expression][] }
  | { t: 'unsetVariables'; names: string[] }
  | { t: 'transaction'; verb: 'BEGIN' | 'COMMIT' | 'ROLLBACK' };

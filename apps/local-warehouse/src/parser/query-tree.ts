import type { SourcePosition } from '../statements/warehouse-error';
import type { Call, Expression, Name, OrderItem } from './expression-tree';

export interface Query {
  ctes: Cte[];
  recursive: boolean;
  body: QueryBody;
  orderBy: OrderItem[];
  orderByAll: { descending: boolean } | undefined;
  limit: Expression | undefined;
  offset: Expression | undefined;
}

export interface Cte {
  name: Name;
  columns: Name[];
  query: Query;
}

export type QueryBody =
  | Select
  | {
      t: 'set';
      operator: 'UNION' | 'INTERSECT' | 'EXCEPT';
      all: boolean;
      byName: boolean;
      left: QueryBody;
      right: QueryBody;
      at: SourcePosition;
    }
  | { t: 'nested'; query: Query }
  | Values;

export interface Values {
  t: 'values';
  rows: Expression[][];
  at: SourcePosition;
}

export interface SelectItem {
  expression: Expression;
  alias: Name | undefined;
  /** The expression's own text: Snowflake names an unnamed column by it. */
  source: string;
}

export interface Select {
  t: 'select';
  distinct: boolean;
  top: Expression | undefined;
  items: SelectItem[];
  from: FromItem | undefined;
  where: Expression | undefined;
  groupBy: GroupBy | undefined;
  having: Expression | undefined;
  qualify: Expression | undefined;
  at: SourcePosition;
}

export type GroupBy =
  | { t: 'all' }
  | { t: 'items'; items: Expression[] }
  | { t: 'rollup' | 'cube'; items: Expression[] }
  | { t: 'sets'; sets: Expression[][] };

export interface Alias {
  name: Name | undefined;
  columns: Name[];
}

export interface Sample {
  amount: Expression;
  unit: 'ROWS' | 'PERCENT';
  method: 'BERNOULLI' | 'SYSTEM';
}

export type JoinKind = 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS' | 'ASOF';

/** One thing that is asked of a semantic view, as it was written. */
export interface SemanticItem {
  kind: 'DIMENSIONS' | 'METRICS' | 'FACTS';
  text: string;
  alias: Name | undefined;
}

/** What SEMANTIC_VIEW asks for, in the order in which it is written, and the rows it is asked of. */
export interface SemanticRequest {
  items: SemanticItem[];
  where: string | undefined;
}

/** What stands in FROM. */
export type FromItem =
  | { t: 'table'; name: Name[]; alias: Alias; sample: Sample | undefined; at: SourcePosition }
  | { t: 'derived'; query: Query; alias: Alias; sample: Sample | undefined; lateral: boolean; at: SourcePosition }
  | { t: 'values'; values: Values; alias: Alias; at: SourcePosition }
  | { t: 'function'; call: Call; alias: Alias; at: SourcePosition }
  | { t: 'semanticView'; name: Name[]; request: SemanticRequest; alias: Alias; at: SourcePosition }
  | {
      t: 'join';
      kind: JoinKind;
      natural: boolean;
      left: FromItem;
      right: FromItem;
      on: Expression | undefined;
      using: Name[] | undefined;
      match: Expression | undefined;
      at: SourcePosition;
    }
  | {
      t: 'pivot';
      source: FromItem;
      aggregate: Call;
      column: Expression;
      values: { value: Expression; alias: Name | undefined }[];
      alias: Alias;
      at: SourcePosition;
    }
  | {
      t: 'unpivot';
      source: FromItem;
      value: Name;
      name: Name;
      columns: { column: Name; alias: Name | undefined }[];
      includeNulls: boolean;
      alias: Alias;
      at: SourcePosition;
    };

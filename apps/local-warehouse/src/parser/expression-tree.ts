import type { SourcePosition } from '../statements/warehouse-error';
import type { Query } from './query-tree';

/** A name as it counts: upper-cased unless it was quoted. */
export interface Name {
  text: string;
  quoted: boolean;
  at: SourcePosition;
}

export interface OrderItem {
  expression: Expression;
  descending: boolean;
  nulls: 'FIRST' | 'LAST' | undefined;
}

export interface WindowSpec {
  partitionBy: Expression[];
  orderBy: OrderItem[];
  frame: Frame | undefined;
}

export interface Frame {
  unit: 'ROWS' | 'RANGE';
  start: FrameBound;
  end: FrameBound;
}

export interface FrameBound {
  kind: 'UNBOUNDED PRECEDING' | 'PRECEDING' | 'CURRENT ROW' | 'FOLLOWING' | 'UNBOUNDED FOLLOWING';
  offset?: Expression;
}

/** A type as it was written, such as NUMBER(10,2). */
export interface TypeSyntax {
  name: string;
  parameters: number[];
  at: SourcePosition;
}

export interface Star {
  t: 'star';
  qualifier: Name[];
  exclude: Name[];
  rename: [Name, Name][];
  replace: [Expression, Name][];
  ilike: string | undefined;
  at: SourcePosition;
}

export interface Call {
  t: 'call';
  /** Upper-cased; qualified names keep their dots. */
  name: string;
  args: Expression[];
  named: Map<string, Expression>;
  distinct: boolean;
  withinGroup: OrderItem[] | undefined;
  ignoreNulls: boolean;
  over: WindowSpec | undefined;
  at: SourcePosition;
  /** The text it was written as. */
  source: string;
}

export type PathStep = { key: string } | { index: Expression };

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '||' | '=' | '<>' | '<' | '<=' | '>' | '>=' | 'AND' | 'OR';

/** A scalar expression. */
export type Expression =
  | { t: 'number'; text: string; at: SourcePosition }
  | { t: 'string'; value: string; at: SourcePosition }
  | { t: 'boolean'; value: boolean; at: SourcePosition }
  | { t: 'null'; at: SourcePosition }
  | { t: 'column'; parts: Name[]; at: SourcePosition }
  | { t: 'position'; number: number; at: SourcePosition }
  | { t: 'variable'; name: string; at: SourcePosition }
  | { t: 'bind'; index: number; at: SourcePosition }
  | Star
  | Call
  | { t: 'unary'; operator: '-' | '+' | 'NOT'; operand: Expression; at: SourcePosition }
  | { t: 'binary'; operator: BinaryOperator; left: Expression; right: Expression; at: SourcePosition }
  | { t: 'between'; operand: Expression; low: Expression; high: Expression; negated: boolean; at: SourcePosition }
  | { t: 'in'; operand: Expression; options: Expression[] | Query; negated: boolean; at: SourcePosition }
  | {
      t: 'like';
      operator: 'LIKE' | 'ILIKE' | 'RLIKE';
      operand: Expression;
      patterns: Expression[];
      quantifier: 'ANY' | 'ALL';
      escape: Expression | undefined;
      negated: boolean;
      at: SourcePosition;
    }
  | { t: 'isNull'; operand: Expression; negated: boolean; at: SourcePosition }
  | { t: 'isBoolean'; operand: Expression; value: boolean; negated: boolean; at: SourcePosition }
  | { t: 'isDistinct'; left: Expression; right: Expression; negated: boolean; at: SourcePosition }
  | {
      t: 'case';
      operand: Expression | undefined;
      whens: { when: Expression; then: Expression }[];
      otherwise: Expression | undefined;
      at: SourcePosition;
    }
  | { t: 'cast'; operand: Expression; type: TypeSyntax; try: boolean; at: SourcePosition }
  | { t: 'path'; operand: Expression; steps: PathStep[]; at: SourcePosition }
  | { t: 'subquery'; query: Query; at: SourcePosition }
  | { t: 'exists'; query: Query; at: SourcePosition }
  | {
      t: 'quantified';
      operator: BinaryOperator;
      operand: Expression;
      quantifier: 'ANY' | 'ALL';
      query: Query;
      at: SourcePosition;
    }
  | { t: 'interval'; text: string; at: SourcePosition }
  | { t: 'tuple'; items: Expression[]; at: SourcePosition }
  | { t: 'object'; entries: [string, Expression][]; star: boolean; at: SourcePosition }
  | { t: 'array'; items: Expression[]; at: SourcePosition };

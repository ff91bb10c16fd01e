import type { SemanticDimension, SemanticMetric, SemanticTable } from '@snowflow/contracts/semantic/semantic-model';
import type { Comparison } from './read-pieces';
import type { Grain, Span } from './time-phrases';

export interface Measured {
  table: SemanticTable | undefined;
  metric: SemanticMetric;
}

export interface Grouped {
  table: SemanticTable;
  dimension: SemanticDimension;
  grain?: Grain;
}

/** A condition on rows; several on one dimension are alternatives. */
export type Condition =
  | { kind: 'values'; table: SemanticTable; dimension: SemanticDimension; values: string[] }
  | { kind: 'spans'; table: SemanticTable; dimension: SemanticDimension; spans: Span[] }
  | { kind: 'compare'; table: SemanticTable; name: string; comparison: Comparison; number: string }
  | { kind: 'filter'; table: SemanticTable; name: string; expr: string };

/** What a question asks, in terms of a model. */
export interface Reading {
  metrics: Measured[];
  groups: Grouped[];
  conditions: Condition[];
  having: { metric: SemanticMetric; comparison: Comparison; number: string }[];
  rank: { descending: boolean; limit: number | undefined } | undefined;
}

/** Words that nobody understood, or why the words can't be meant so. */
export class NotUnderstood extends Error {}

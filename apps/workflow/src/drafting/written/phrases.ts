import type { MeasureFunction } from '@snowflow/nodes/kit/measures';
import type { Operator } from '@snowflow/nodes/kit/comparison';
import type { VisibleSource } from '../visible-source';

export interface WrittenMeasure {
  function: MeasureFunction;
  /** Absent: rows are counted. */
  column?: string;
  as?: string;
}

export interface WrittenCondition {
  column: string;
  operator: Operator;
  values: { text: string; isNumber: boolean }[];
}

/** What was read from a request; columns by the names that were written. */
export interface Phrases {
  sources: VisibleSource[];
  joins: { how: 'inner' | 'left' | 'right' | 'full'; on?: { left: string; right: string } }[];
  conditions: WrittenCondition[];
  match: 'all' | 'any';
  groupBy: string[];
  measures: WrittenMeasure[];
  distinct: boolean;
  columns: string[];
  sort: { column: string | WrittenMeasure; direction: 'asc' | 'desc' }[];
  /** "top" or "bottom" without a word by what: by the first measure. */
  ranked?: 'asc' | 'desc';
  rows?: number;
  target?: { name: string; mode: 'append' | 'replace' | undefined };
  /** Node types to remove. */
  removed: string[];
  notUnderstood: string[];
}

export const noPhrases = (): Phrases => ({
  sources: [],
  joins: [],
  conditions: [],
  match: 'all',
  groupBy: [],
  measures: [],
  distinct: false,
  columns: [],
  sort: [],
  removed: [],
  notUnderstood: [],
});

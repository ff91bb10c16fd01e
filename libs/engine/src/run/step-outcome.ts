import type { Column } from '@snowflow/contracts/documents/column';
import type { TableName } from '../plan/scratch-table';
import type { StepValue } from '@snowflow/nodes/kit/step-value';

/** What a handler answers: small and plain JSON, never rows. */
export interface StepResult {
  /** The ports the step gives on; absent: all it has. */
  ports?: readonly string[];
  /** The query id under which its result can be read again. */
  ref?: string;
  /** The table that keeps its rows for later steps, where one does. */
  table?: TableName;
  columns?: Column[];
  rowCount?: number;
  /** What it passes on. */
  value?: StepValue;
}

/** How a step ended, as it is kept, sealed. `continued`: it failed and its `onError` says to go on. */
export interface StepOutcome extends StepResult {
  state: 'succeeded' | 'continued' | 'skipped';
  ms: number;
}

/** The outcomes of the steps decided so far, by step id. */
export type Outcomes = Readonly<Record<string, StepOutcome>>;

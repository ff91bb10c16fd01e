import type { StepValue } from './step-value';

/** A semantic view by its full name, or a YAML model by its text or its file on a stage. */
export type SemanticModelRef =
  | { kind: 'view'; database: string; schema: string; name: string }
  | { kind: 'yaml'; text: string }
  | { kind: 'stage'; path: string };

/** A question, and what was asked and answered before it. */
export interface AnalystRequest {
  model: SemanticModelRef;
  question: string;
  history?: readonly { role: 'user' | 'analyst'; text: string; sql?: string }[];
}

/** What Cortex Analyst answers: words, and the SQL it would run, or questions that it could answer instead. It runs nothing itself. */
export interface AnalystReply {
  text: string;
  sql?: string;
  suggestions: readonly string[];
}

/** A query of a Cortex Search service. */
export interface SearchRequest {
  database: string;
  schema: string;
  service: string;
  query: string;
  columns: readonly string[];
  filter?: StepValue;
  limit: number;
}

/** Cortex's REST services, as who runs the workflow and in the run's pinned context. Throws AppError: CORTEX_FAILED, CONTEXT_NOT_HONOURED. */
export abstract class CortexCalls {
  abstract analyst(request: AnalystRequest, signal: AbortSignal): Promise<AnalystReply>;
  /** The rows that were found, each a JSON object by column. */
  abstract search(request: SearchRequest, signal: AbortSignal): Promise<readonly { [column: string]: StepValue }[]>;
}

import type { ReadRows } from '@snowflow/nodes/kit/action-node';
import type { RunRow } from '../runs/runs.repository';

/** What the worker itself has to know of the results of a run's statements. What it reads rests nowhere. */
export abstract class ResultRows {
  /** The first rows of a result, in its order, read as the run's person in the run's context. */
  abstract first(run: RunRow, queryId: string, maxRows: number, signal: AbortSignal): Promise<ReadRows>;
}

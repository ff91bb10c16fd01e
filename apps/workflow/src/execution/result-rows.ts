import type { ItemRow } from '@snowflow/nodes/kit/workflow-calls';
import type { RunRow } from '../runs/runs.repository';

/** The few rows of a result that a step goes through, read as the run's person in the run's context. */
export abstract class ResultRows {
  abstract read(run: RunRow, queryId: string, signal: AbortSignal): Promise<readonly ItemRow[]>;
}

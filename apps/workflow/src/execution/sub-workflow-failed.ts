import type { StoredError } from '../database/workflow-database';

/** Why a workflow inside a run failed: the code of the step in it, and where that was. */
export class SubWorkflowFailed extends Error {
  constructor(readonly failure: Pick<StoredError, 'code' | 'sqlState'> & { message: string }) {
    super('A workflow inside the run failed.');
  }

  /** The same, said with what was around it. */
  within(place: string): SubWorkflowFailed {
    return new SubWorkflowFailed({ ...this.failure, message: `${place}: ${this.failure.message}` });
  }
}

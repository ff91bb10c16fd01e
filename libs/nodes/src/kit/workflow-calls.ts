import type { StepValue } from './step-value';

/** What a called workflow is given, by the names of its parameters; the worker brings values to their declared types. */
export type CallParameters = Readonly<Record<string, StepValue>>;

/** How a call for one item ended. */
export type CallEnd = { state: 'succeeded'; value: StepValue } | { state: 'failed'; code: string; message: string };

/** What stands for a call in the value of the node that made it. */
export const resultOf = (end: CallEnd): StepValue =>
  end.state === 'succeeded' ? end.value : { error: { code: end.code, message: end.message } };

/** How the calls of a list are made. */
export interface EachOptions {
  /** Calls at once. */
  concurrency: number;
  /** `fail`: after the first that fails no other begins, and its failure is the step's. */
  itemErrors: 'fail' | 'continue';
  /** So long may what stands for the calls be together, as JSON. After the call that makes it longer no other begins. */
  mostCharacters: number;
}

/**
 * Runs the workflow that a node names inside the run: as the same person, in the same context, as it was when the run was planned. What
 * waits in it lets the step wait; what has ended in it is not run again, however often the step is.
 */
export abstract class WorkflowCalls {
  /** Runs it to its end and answers what it gives. Throws what it failed with. */
  abstract run(parameters: CallParameters): Promise<StepValue>;
  /** Runs it once per item. The items are asked for once and kept, sealed, as long as the run. */
  abstract runEach(items: () => Promise<readonly CallParameters[]>, options: EachOptions): Promise<readonly CallEnd[]>;
}

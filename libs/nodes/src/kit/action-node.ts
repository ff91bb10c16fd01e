import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { SqlFragment } from './sql/sql-fragment';
import type { StatementParts } from './sql-node';
import type { StepValue } from './step-value';

/** What an action came to: the ports it gives on (absent: all it has) and the value it gives. */
export interface ActionResult {
  ports?: readonly string[];
  value?: StepValue;
}

/** The decision that somebody made on a waiting approval. */
export interface Decision {
  decision: 'approve' | 'reject';
  by: string;
  comment?: string;
  form: { [field: string]: StepValue };
}

/** A message that leaves for somebody. `key` is the same however often it is tried. */
export interface OutgoingMessage {
  key: string;
  channel: 'webhook' | 'email';
  /** An URL, or addresses. */
  to: readonly string[];
  subject: string;
  body: StepValue;
}

/** One start of a sub-workflow: `key` tells the starts of one step apart. */
export interface SubWorkflowStart {
  key: string;
  parameters: { [name: string]: StepValue };
}

/** What an action may do outside itself; the worker gives the adapters. Whatever can take long heeds the signal. */
export abstract class ActionPorts {
  abstract now(): Date;
  /** When the step first began, however often its worker was replaced since. */
  abstract begunAt(): Date;
  /** The decision on this step's approval, where there is one. */
  abstract decision(): Promise<Decision | undefined>;
  /** Lets the run rest until somebody decides or a moment comes; never returns. */
  abstract pause(wait: { for: 'approval' | 'time'; until?: Date; detail?: StepValue }): never;
  /** Sends once; throws where it failed, and OUTCOME_UNKNOWN where nobody can tell. */
  abstract send(message: OutgoingMessage): Promise<StepValue>;
  /** Runs the sub-workflow that the node names to its end. Throws what it failed with. */
  abstract runSubWorkflow(start: SubWorkflowStart, signal: AbortSignal): Promise<StepValue>;
}

/** What an action is run with. */
export interface ActionContext {
  /** The value that reaches it; undefined where a relation does, or nothing. */
  input: StepValue | undefined;
  /** The rows of its statement, by column name; only where the node has one and a relation reaches it. */
  rows: readonly { [column: string]: StepValue }[] | undefined;
  /** Parameters by name and earlier values as `nodes.<id>.<field>`. */
  values: Readonly<Record<string, Bind>>;
  attempt: number;
  signal: AbortSignal;
  ports: ActionPorts;
}

/** A node that does something which no statement does (`<name>.step.ts`). It may run again after a crash. */
export interface ActionNode<Config = unknown> {
  readonly type: string;
  /** Of a relation that reaches it: what it has to read of it. Keep it small. */
  statement?(config: Config, parts: StatementParts): SqlFragment;
  run(config: Config, context: ActionContext): Promise<ActionResult>;
}

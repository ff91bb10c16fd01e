import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { SqlFragment } from './sql/sql-fragment';
import type { CortexCalls } from './cortex-calls';
import type { PortKind } from './node-definition';
import type { StatementParts } from './sql-node';
import type { Column } from '@snowflow/contracts/documents/column';
import type { ModelCalls } from './model-calls';
import type { StepValue } from './step-value';
import type { RunIdentity } from './text-template';
import type { WorkflowCalls } from './workflow-calls';

/** What an action came to: the ports it gives on (absent: all it has) and the value it gives. */
export interface ActionResult {
  ports?: readonly string[];
  value?: StepValue;
  /** How many rows reached it, where its statement only counted them. */
  rowCount?: number;
  /** A SELECT that it obtained: it is run as the step's statement, and its rows are what the node gives as a relation. */
  statement?: ObtainedQuery;
}

/** A query that somebody else wrote; `written` is their own text of it, to be checked as a whole before it is run. */
export interface ObtainedQuery {
  query: SqlFragment;
  written: string;
}

/** The decision that somebody made on a waiting approval. */
export interface Decision {
  decision: 'approve' | 'reject';
  /** The user name of who decided. */
  by: string;
  comment?: string;
  form: { [field: string]: StepValue };
}

/** What goes to people or systems outside. */
export type Message =
  | { channel: 'webhook'; url: string; body: string }
  | { channel: 'email'; to: readonly string[]; subject: string; text: string };

/** That a message was taken. */
export interface Sent {
  attempts: number;
  /** The HTTP status of a webhook's answer. */
  status?: number;
  /** Addresses that the mail server refused while it took the others. */
  rejected?: string[];
}

/** Rows of a statement's result, as the API shows them. */
export interface ReadRows {
  columns: Column[];
  rows: StepValue[][];
}

/** What an action may do outside itself; the worker gives the adapter. */
export abstract class ActionPorts {
  abstract now(): Date;
  /** When the step first began to wait, however often its worker was replaced since; now, where it has not. */
  abstract begunAt(): Date;
  /** The decision on this step's approval, where there is one. */
  abstract decision(): Decision | undefined;
  /** Ends the time in which somebody may decide; answers the decision that came just before, where one did. */
  abstract lastDecision(): Promise<Decision | undefined>;
  /** Lets the run rest until somebody decides or a moment comes, whichever is first; then the action runs again from its top. */
  abstract pause(wait: { for: 'approval' | 'time'; until?: Date; detail?: StepValue }): never;
  /** The first rows of a statement's result, fetched as who runs the workflow. They are for the action alone and rest nowhere. */
  abstract readRows(queryId: string, maxRows: number): Promise<ReadRows>;
  /** Sends a message once for this step of this run, however often the action runs. */
  abstract send(message: Message): Promise<Sent>;
  /** Runs the workflow that the node names. */
  abstract readonly workflows: WorkflowCalls;
  /** Asks Cortex Analyst and Cortex Search. */
  abstract readonly cortex: CortexCalls;
  /** Asks language models. */
  abstract readonly models: ModelCalls;
}

/** What an action is run with. */
export interface ActionContext {
  /** The value that reaches it; undefined where a relation does, or nothing. */
  input: StepValue | undefined;
  /** Of a relation that reaches it: how many rows its statement gave. */
  rowCount: number | undefined;
  /** Of a relation that reaches it: where the rows of its statement are read. */
  queryId: string | undefined;
  /** Parameters by name and earlier values as `nodes.<id>.<field>`. */
  values: Readonly<Record<string, Bind>>;
  run: RunIdentity;
  attempt: number;
  signal: AbortSignal;
  ports: ActionPorts;
}

/** A node that does something which no statement does (`<name>.step.ts`). It may run again after a crash. */
export interface ActionNode<Config = unknown> {
  readonly type: string;
  /** What it has to ask of Snowflake before it runs. */
  statement?(config: Config, parts: StatementParts): SqlFragment;
  /** Whether it asks, by what reaches it; without it, it asks of relations. */
  asks?(config: Config, reached: PortKind): boolean;
  run(config: Config, context: ActionContext): Promise<ActionResult> | ActionResult;
}

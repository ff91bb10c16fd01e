import type { Column } from '@snowflow/contracts/documents/column';
import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import type { NodeSettings } from '@snowflow/nodes/kit/node-settings';
import type { ShownResult } from '@snowflow/nodes/kit/sql-node';

/** A port of a condition on which a step's liveness depends. `node` is the condition's id, and `step` the step that decides it. */
export interface Gate {
  step: string;
  node: string;
  port: string;
}

/** One statement of a run. A relational node that several steps need is part of each: every step computes it for itself. */
export interface PlanStep {
  /** The id of the node that ends the statement, so it stays the same while other parts of the document change. */
  id: string;
  /** `query` gives a result, `write` changes a table and gives none, `condition` gives a row where it is true. */
  kind: 'query' | 'write' | 'condition';
  /** The nodes that the statement executes, in topological order; the last one is `endsAt`. */
  nodes: string[];
  /** The node that carries rowCount, time and the result. */
  endsAt: string;
  /** What the result is called and how it is shown; of a relation without an output, its label as a table. */
  result?: ShownResult;
  /** Columns of the result as they were when the plan was made; none for a write. */
  columns: Column[];
  /** Steps that have to be decided first; each is the step of a condition. Steps are listed after those they depend on. */
  dependsOn: string[];
  /** Every condition's port on the way to this step. Which of them must be live is `isStepLive`'s to say (a union needs any, a join all). */
  gates: Gate[];
  settings: NodeSettings;
}

/** An edge as the plan keeps it: where a node's rows come from. */
export interface PlannedInput {
  port: string;
  source: string;
  sourcePort: string;
}

/** A node as composing needs it: its parsed config and its inputs, in document order of edges. */
export interface PlannedNode {
  type: string;
  config: unknown;
  inputs: PlannedInput[];
  /** The columns it gives. */
  columns: Column[];
  /** Whether the table it writes was there when the plan was made: that decides the statement. */
  targetExists?: boolean;
  disabled?: true;
}

/** What a run executes: plain JSON, stored with the run and never changed. */
export interface Plan {
  version: 1;
  steps: PlanStep[];
  /** By node id: every node that is part of some step, and the disabled ones, which hand on their first input. */
  nodes: Record<string, PlannedNode>;
  /** By node id, for every node of the document: the steps it is part of. A node that no step needs (disabled, or leading nowhere) has none. */
  stepsOf: Record<string, string[]>;
  parameters: WorkflowParameter[];
}

/** The port that each decided condition took, by node id; null where it was skipped or failed. */
export type Liveness = Readonly<Record<string, string | null>>;

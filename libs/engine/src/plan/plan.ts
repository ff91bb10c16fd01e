import type { Column } from '@snowflow/contracts/documents/column';
import type { StepEnd, StepKind } from '@snowflow/contracts/workflow/plan-step.dto';
import type { NodeSettings } from '@snowflow/nodes/kit/node-settings';
import type { ShownResult } from '@snowflow/nodes/kit/sql-node';
import type { Leaving } from '../lineage/what-leaves';
import type { DeclaredValue } from '../validate/declared-values';
import type { ScratchTable } from './scratch-table';

/**
 * One step of a run: a statement, or an action. A relational node that several steps need is part of each, unless it has a step of its
 * own: then they read its result.
 */
export interface PlanStep {
  /** The id of the node that ends it, so it stays the same while other parts of the document change. */
  id: string;
  /** `query` gives a result, `write` changes a table and gives none, `condition` gives a row count that says which port is taken. */
  kind: StepKind;
  /** The nodes that it executes, in topological order; the last one is `endsAt`. */
  nodes: string[];
  /** The node that carries rowCount, time and the result. */
  endsAt: string;
  /** Why it ends there. */
  endsBecause: StepEnd;
  /** What the result is called and how it is shown; of a relation without an output, its label as a table. */
  result?: ShownResult;
  /** Columns of the result as they were when the plan was made; none for a write or an action. */
  columns: Column[];
  /** Steps that have to be decided first. Steps are listed after those they depend on. */
  dependsOn: string[];
  settings: NodeSettings;
  /** An action that has something to ask of Snowflake before it runs. */
  asks?: true;
  /** The table that keeps its rows for later steps; in a run it has a name of that run's own. */
  scratch?: ScratchTable;
  /** Shows at most so many rows, and nothing reads it: a step of a debug run. */
  previewRows?: number;
}

/** An edge as the plan keeps it: where a node's rows or its value come from. */
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
  /** A value reaches its first input, not a relation. */
  takesValue?: true;
  /** Whether the table it writes was there when the plan was made: that decides the statement. */
  targetExists?: boolean;
  disabled?: true;
}

/** What a run executes: plain JSON, stored with the run and never changed. */
export interface Plan {
  version: 2;
  steps: PlanStep[];
  /** Steps above those that an earlier run gives: nobody executes them, but they tell in which order rows came. */
  before?: PlanStep[];
  /** By node id: every node that some step needs, and the disabled ones, which hand on their first input. */
  nodes: Record<string, PlannedNode>;
  /** By node id, for every node of the document: the steps it is part of. A node that no step needs (disabled, or leading nowhere) has none. */
  stepsOf: Record<string, string[]>;
  /** What leaves the tenant, to be held against the tags of its columns again when it does. */
  leaving?: Leaving[];
  /** What texts of nodes may name: the parameters of the workflow, and fields of nodes' values. */
  parameters: DeclaredValue[];
}

/** The steps that end at a node other steps read, decide by, or pass through: all but those of a debug run. */
export function stepEndingAt(plan: Plan, nodeId: string): PlanStep | undefined {
  const ends = (step: PlanStep) => step.endsAt === nodeId && step.previewRows === undefined;
  return plan.steps.find(ends) ?? plan.before?.find(ends);
}

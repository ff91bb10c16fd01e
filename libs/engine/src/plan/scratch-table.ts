import { sqlNodes } from '@snowflow/nodes/composers';
import type { Outcomes } from '../run/step-outcome';
import type { Plan, PlanStep } from './plan';

/** The three names of a table. */
export interface TableName {
  database: string;
  schema: string;
  name: string;
}

/** A transient table that keeps a step's rows for later ones until the run has ended. */
export interface ScratchTable extends TableName {
  /** What an owner of the schema reads about it: whose it is and until when. */
  comment: string;
}

/** What stands for the run in the names that people see before there is one. */
const RUN = '<run>';
/** Every scratch table's name begins so: that is how a customer's own task knows them. */
export const SCRATCH_PREFIX = 'SNOWFLOW_SCRATCH_';

/**
 * Steps whose node is set so keep their rows in a table, but only where others read them: what nobody reads is a result, which people
 * look at after the run's end.
 */
export function keptInTables(steps: readonly PlanStep[], typeOf: (nodeId: string) => string): PlanStep[] {
  const read = new Set(steps.flatMap(({ dependsOn }) => dependsOn));
  return steps.map((step) => {
    const { materialiseAs, pinned } = step.settings;
    if (!materialiseAs || pinned || !read.has(step.id) || !sqlNodes.has(typeOf(step.endsAt))) return step;
    return { ...step, scratch: { ...materialiseAs, name: scratchName(RUN, step.id), comment: '' } };
  });
}

/** The table of a step in one run. */
export const scratchName = (runId: string, stepId: string): string => `${SCRATCH_PREFIX}${runId}_${stepId}`;

/** The plan as it reads in a run: steps that came to an end by the tables that they made, the one that is composed by its own. */
export function withTables(plan: Plan, outcomes: Outcomes, stepId: string, into?: ScratchTable): Plan {
  const named = (step: PlanStep): PlanStep => {
    const { scratch: _, ...rest } = step;
    const table = step.id === stepId ? into : outcomes[step.id]?.table;
    return table ? { ...rest, scratch: { comment: '', ...table } } : rest;
  };
  return { ...plan, steps: plan.steps.map(named), ...(plan.before ? { before: plan.before.map(named) } : {}) };
}

import type { Problem } from '@snowflow/contracts/documents/problem';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { StatementAccess, StatementPreview } from '@snowflow/contracts/workflow/preview.dto';
import type { PlanStepView } from '@snowflow/contracts/workflow/plan-step.dto';
import type { Plan, PlanStep } from '@snowflow/engine/plan/plan';
import { bindsOutcomes } from '@snowflow/engine/sql/compose-step';
import { stepNodes } from '@snowflow/nodes/composers';
import type { WrittenTable } from '@snowflow/nodes/kit/sql-node';
import type { Explanation } from './explainer';

/**
 * A step that waits for more than conditions reads what an earlier one gives, so its statement does not exist before the run. A condition
 * only decides whether it is sent, and of which branches: with all of them it reads no less.
 */
export function isKnownAtRunTime(plan: Plan, step: PlanStep): boolean {
  const isCondition = (id: string) => plan.steps.find((other) => other.id === id)?.kind === 'condition';
  return !step.dependsOn.every(isCondition) || bindsOutcomes(plan, step);
}

/** A statement of which nothing is known yet but what it is. */
export function statementAt(plan: Plan, step: PlanStep, view: PlanStepView | undefined): StatementPreview {
  const writes = writtenTable(plan, step);
  return {
    step: step.id,
    nodes: step.nodes,
    ...(view?.sql === undefined ? {} : { sql: view.sql }),
    known: 'at run time',
    bytes: { atMost: null },
    partitions: null,
    access: { state: 'unknown', by: null },
    ...(writes ? { writes } : {}),
  };
}

/** Snowflake explains only what the role may do. What it proves of making a table is not known. */
export function explained(
  statement: StatementPreview,
  step: PlanStep,
  { bytesAtMost, partitions }: Explanation,
): StatementPreview {
  const makes = step.scratch !== undefined || statement.writes?.mode === 'create';
  return {
    ...statement,
    known: 'before the run',
    bytes: { atMost: bytesAtMost },
    partitions,
    access: makes ? statement.access : { state: 'granted', by: 'explain' },
  };
}

/** What Snowflake refuses to explain it would refuse to run: that is a problem of the statement. Rethrows what is no answer of Snowflake's. */
export function refused(statement: StatementPreview, step: PlanStep, error: unknown): StatementPreview {
  const code = error instanceof AppError ? PROBLEMS[error.code] : undefined;
  if (!code || !(error instanceof AppError)) throw error;
  const problem: Problem = { severity: 'error', code, nodeId: step.endsAt, message: error.message };
  const sentence = error.message;
  const access: StatementAccess =
    code === 'INVALID_SQL' ? statement.access : { state: 'missing', sentence, by: 'explain' };
  return { ...statement, known: 'not known', problem, access };
}

/** What EXPLAIN_PRIVILEGES says counts for more; Snowflake's own sentence stays beside it. */
export function proved(statement: StatementPreview, access: StatementAccess | undefined): StatementPreview {
  if (!access) return statement;
  const { sentence } = statement.access;
  return { ...statement, access: { ...access, ...(sentence === undefined ? {} : { sentence }) } };
}

const PROBLEMS: Partial<Record<string, Problem['code']>> = {
  SNOWFLAKE_ACCESS_DENIED: 'NO_ACCESS',
  SOURCE_NOT_FOUND: 'SOURCE_NOT_FOUND',
  SQL_FAILED: 'INVALID_SQL',
};

function writtenTable(plan: Plan, step: PlanStep): WrittenTable | undefined {
  const end = plan.nodes[step.endsAt];
  return end && stepNodes.get(end.type)?.writes?.(end.config);
}

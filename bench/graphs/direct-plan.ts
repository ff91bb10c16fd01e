import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { tpchKnowledge } from '@snowflow/engine/fixtures/tpch-tables';
import { makePlan } from '@snowflow/engine/plan/make-plan';
import type { Plan } from '@snowflow/engine/plan/plan';
import { stepFragment } from '@snowflow/engine/sql/compose-step';
import { allLive } from '@snowflow/engine/sql/liveness';
import { resultName } from '@snowflow/engine/sql/result-relation';
import { validate } from '@snowflow/engine/validate/validate';
import { renderLiterals } from '@snowflow/nodes/kit/sql/render';

/** Validates and plans as the service does, all that is to be known being known. */
export function planOf(document: WorkflowDocument): Plan {
  const { problems, graph } = validate(document, tpchKnowledge(document));
  const error = problems.find(({ severity }) => severity === 'error');
  if (!graph || error) throw new Error(error?.message ?? 'no graph');
  return makePlan(graph);
}

/** Each step's statement by step id; where it reads another's result it names that step instead of a query id. */
export function statementsOf(plan: Plan): ReadonlyMap<string, string> {
  const results = Object.fromEntries(plan.steps.map(({ id }) => [resultName(id), id]));
  return new Map(plan.steps.map((step) => [step.id, renderLiterals(stepFragment(plan, step, allLive), results)]));
}

/** A statement over the results of steps that have ended, as it is sent. */
export function overResults(statement: string, queryIds: Readonly<Record<string, string>>): string {
  return statement.replace(/RESULT_SCAN\('([^']+)'\)/g, (_, step: string) => `RESULT_SCAN('${queryIds[step]}')`);
}

import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PlanStepView } from '@snowflow/contracts/workflow/workflow.dto';
import { stepNodes } from '@snowflow/nodes/composers';
import { selectAll } from '@snowflow/nodes/kit/relations';
import { BoundStatement, ParameterValues, renderBinds, renderText } from '@snowflow/nodes/kit/sql/render';
import { identifier, join, sql, SqlFragment, trusted } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Liveness, Plan, PlanStep } from '../plan/plan';
import { allLive, isPortLive, liveRelations, PortLiveness } from './live-relations';

/** The statement of a step in a run, for the branches that live. Throws where the step isn't live at all. */
export function composeStep(
  plan: Plan,
  stepId: string,
  liveness: Liveness,
  parameters: ParameterValues = {},
): BoundStatement {
  return renderBinds(stepFragment(plan, stepNamed(plan, stepId), isPortLive(liveness)), parameters);
}

/** The statement of a step as if all branches lived: it reads no less than any that a run may send. */
export function composeAllLive(plan: Plan, stepId: string, parameters: ParameterValues = {}): BoundStatement {
  return renderBinds(stepFragment(plan, stepNamed(plan, stepId), allLive), parameters);
}

/** Whether a step is to run, once the conditions it depends on are decided; else it is skipped. */
export function isStepLive(plan: Plan, stepId: string, liveness: Liveness): boolean {
  const step = stepNamed(plan, stepId);
  return liveRelations(plan, step, isPortLive(liveness)).ofEnd !== undefined;
}

/** The plan as people see it: every step with its SQL, `?` for binds, as if all branches lived. */
export function planSteps(plan: Plan): PlanStepView[] {
  return plan.steps.map((step) => ({
    step: step.id,
    nodes: step.nodes,
    sql: renderText(stepFragment(plan, step, allLive)),
  }));
}

/** A step's statement with its values apart. */
export function stepFragment(plan: Plan, step: PlanStep, isLive: PortLiveness): SqlFragment {
  const { named, ofEnd } = liveRelations(plan, step, isLive);
  if (!ofEnd) throw new AppError('INTERNAL', `The step ${step.id} is not live, so it has no statement`);
  const prelude = preludeOf(named);
  const end = plan.nodes[step.endsAt];
  const ending = end && stepNodes.get(end.type);
  if (!ending) return sql`${prelude}${selectAll(ofEnd)}`;
  const { parameters } = plan;
  return ending.statement(end.config, { prelude, input: ofEnd, parameters, targetExists: end.targetExists ?? false });
}

/** A line for each node, so that the line in an error of Snowflake's tells the node. */
function preludeOf(named: readonly { name: string; query: SqlFragment }[]): SqlFragment {
  const list = named.map(({ name, query }) => sql`${identifier(name)} AS (${query})`);
  return sql`WITH ${join(list, ',\n')}${trusted('\n')}`;
}

function stepNamed(plan: Plan, stepId: string): PlanStep {
  const step = plan.steps.find((candidate) => candidate.id === stepId);
  if (!step) throw new AppError('INTERNAL', `The plan has no step ${stepId}`);
  return step;
}

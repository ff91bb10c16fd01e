import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PlanStepView } from '@snowflow/contracts/workflow/plan-step.dto';
import { actionNodes, sqlNodes, stepNodes } from '@snowflow/nodes/composers';
import { everythingOf } from '@snowflow/nodes/kit/needed';
import { columnList, everyColumn, limitClause, namesOf, orderClause } from '@snowflow/nodes/kit/relations';
import { BoundStatement, ParameterValues, renderBinds, renderText } from '@snowflow/nodes/kit/sql/render';
import { identifier, join, sql, SqlFragment, trusted } from '@snowflow/nodes/kit/sql/sql-fragment';
import { typedParameter } from '@snowflow/nodes/kit/sql/typed-parameter';
import type { Needed, Relation, StatementParts } from '@snowflow/nodes/kit/sql-node';
import type { Plan, PlanStep } from '../plan/plan';
import { plannedNode, planStepNamed } from '../plan/planned-node';
import { sentenceOf } from '../plan/step-end';
import { VALUE_COLUMN } from '../plan/value-column';
import { type ScratchTable, withTables } from '../plan/scratch-table';
import type { Outcomes } from '../run/step-outcome';
import { liveRelations } from './live-relations';
import { allLive, livePorts, PortLiveness } from './liveness';
import { narrowRelations, wholeQueries } from './narrow-relations';
import { createScratch } from './scratch-table.sql';
import { INPUT_VALUE, stepValues } from './step-values';

/**
 * The statement of a step in a run, for the branches that live; `into` is the table it makes, where it keeps its rows in one. Throws where
 * the step isn't live, or has none.
 */
export function composeStep(
  planned: Plan,
  stepId: string,
  outcomes: Outcomes,
  parameters: ParameterValues = {},
  into?: ScratchTable,
): BoundStatement {
  const plan = withTables(planned, outcomes, stepId, into);
  const step = planStepNamed(plan, stepId);
  if (!hasStatement(step)) throw new AppError('INTERNAL', `The step ${stepId} has no statement`);
  const fragment = stepFragment(plan, step, livePorts(outcomes));
  return renderBinds(fragment, stepValues(plan, step, outcomes, parameters));
}

/**
 * The statement of a step as if all branches lived: it reads no less than any that a run may send. Not for one that binds what earlier
 * steps gave.
 */
export function composeAllLive(plan: Plan, stepId: string, parameters: ParameterValues = {}): BoundStatement {
  return renderBinds(stepFragment(plan, planStepNamed(plan, stepId), allLive), parameters);
}

/** Whether a step's statement binds what earlier steps gave. No parameter of a workflow has a dot in its name, and all of that has. */
export function bindsOutcomes(plan: Plan, step: PlanStep): boolean {
  return stepFragment(plan, step, allLive).parts.some(
    (part) => typeof part !== 'string' && 'parameter' in part && part.parameter.includes('.'),
  );
}

/** Whether a step executes a statement, rather than only doing something. */
export function hasStatement(step: PlanStep): boolean {
  return !step.settings.pinned && (step.kind !== 'action' || step.asks === true);
}

/** The plan as people see it: every step with its SQL, `?` for binds, as if all branches lived. */
export function planSteps(plan: Plan): PlanStepView[] {
  return plan.steps.map((step) => ({
    step: step.id,
    kind: step.kind,
    nodes: step.nodes,
    endsBecause: { code: step.endsBecause, sentence: sentenceOf(step.endsBecause) },
    dependsOn: step.dependsOn,
    ...(hasStatement(step) ? { sql: renderText(stepFragment(plan, step, allLive)) } : {}),
  }));
}

/** A step's statement with its values apart. `whole` carries every column through: what the narrow statement is held against. */
export function stepFragment(
  plan: Plan,
  step: PlanStep,
  isLive: PortLiveness,
  width: 'narrow' | 'whole' = 'narrow',
): SqlFragment {
  const end = plannedNode(plan, step.endsAt);
  const parts = end.takesValue ? valueParts(plan) : relationParts(plan, step, isLive, width);
  const whole = { ...parts, targetExists: end.targetExists ?? false };
  if (step.previewRows !== undefined) return preview(whole, step.previewRows);
  const ending = stepNodes.get(end.type) ?? actionNodes.get(end.type);
  if (ending?.statement) return ending.statement(end.config, whole);
  const rows = sql`${whole.prelude}${selectKept(whole.input, sqlNodes.has(end.type))}`;
  return step.scratch ? createScratch(step.scratch, rows) : rows;
}

type Parts = Omit<StatementParts, 'targetExists'>;

function relationParts(plan: Plan, step: PlanStep, isLive: PortLiveness, width: 'narrow' | 'whole'): Parts {
  const live = liveRelations(plan, step, isLive);
  if (!live.ofEnd) throw new AppError('INTERNAL', `The step ${step.id} is not live, so it has no statement`);
  const { parameters } = plan;
  if (width === 'whole') return { prelude: preludeOf(wholeQueries(live, parameters)), input: live.ofEnd, parameters };
  const { named, ofEnd } = narrowRelations(live, live.ofEnd, neededAtEnd(plan, step, live.ofEnd), parameters);
  return { prelude: preludeOf(named), input: ofEnd, parameters };
}

/** A result keeps all of its columns, whoever reads it later. */
function neededAtEnd(plan: Plan, step: PlanStep, input: Relation): Needed {
  const { type, config } = plannedNode(plan, step.endsAt);
  return stepNodes.get(type)?.columnsNeeded?.(config, input) ?? everythingOf(input);
}

/** A value that reaches a statement comes as JSON text, and is a relation of one row for whoever wants rows. */
function valueParts(plan: Plan): Parts {
  const value = typedParameter(INPUT_VALUE, 'json');
  const from = sql`(SELECT ${value} AS ${identifier(VALUE_COLUMN.name)})`;
  const input: Relation = { from, columns: [VALUE_COLUMN], hidden: [], order: [] };
  return { prelude: trusted(''), input, value, parameters: plan.parameters };
}

/** What later steps read keeps the columns that its order needs. */
function selectKept(input: Relation, isReadAgain: boolean): SqlFragment {
  const columns = isReadAgain ? everyColumn(input) : columnList(namesOf(input.columns));
  return sql`SELECT ${columns} FROM ${input.from}${orderClause(input.order)}`;
}

function preview({ prelude, input }: Parts, rows: number): SqlFragment {
  const columns = columnList(namesOf(input.columns));
  return sql`${prelude}SELECT ${columns} FROM ${input.from}${orderClause(input.order)}${limitClause(rows)}`;
}

/** A line for each query, so that the line in an error of Snowflake's tells the node. */
function preludeOf(named: readonly { name: string; query: SqlFragment }[]): SqlFragment {
  if (named.length === 0) return trusted('');
  const list = named.map(({ name, query }) => sql`${identifier(name)} AS (${query})`);
  return sql`WITH ${join(list, ',\n')}${trusted('\n')}`;
}

import type { Problem } from '@snowflow/contracts/documents/problem';
import type { ParameterValues } from '@snowflow/nodes/kit/sql/render';
import type { Plan } from '../plan/plan';
import { asProcedure } from './as-procedure';
import { asSql } from './as-sql';
import { asTask } from './as-task';
import { asView } from './as-view';
import { deploysDifferently, Exported, holdsError, notDeployable, ObjectName, refused } from './exported';
import { inexpressible } from './expressible';
import type { TaskSchedule } from './task-schedule';
import { writeProblems } from './write-problems';

/** What to make of a plan. `values` are the parameters' values; of a procedure they are the defaults of its arguments. */
export type ExportRequest = { values: ParameterValues; comment: string } & (
  | { target: 'sql' }
  | { target: 'view'; name: ObjectName; node?: string; replace: boolean; secure: boolean }
  | { target: 'procedure'; name: ObjectName; replace: boolean }
  | { target: 'task'; name: ObjectName; schedule: TaskSchedule; warehouse: string }
);

/** The longest statement that is submitted. */
const LONGEST = 1_000_000;

/** The statements that make of a plan something which runs in Snowflake without SnowFlow, or why there are none. */
export function exportPlan(plan: Plan, request: ExportRequest): Exported {
  const before = [...inexpressible(plan), ...writeProblems(plan, request.target), ...settingsLost(plan)];
  if (holdsError(before)) return refused(before);
  const exported = asTarget(plan, request);
  const problems = [...before, ...exported.problems, ...tooLong(exported)];
  return holdsError(problems) ? refused(problems) : { ...exported, problems };
}

function asTarget(plan: Plan, request: ExportRequest): Exported {
  switch (request.target) {
    case 'sql':
      return asSql(plan, request.values);
    case 'view':
      return asView(plan, request);
    case 'procedure':
      return asProcedure(plan, { ...request, defaults: request.values });
    case 'task':
      return asTask(plan, request);
  }
}

function settingsLost(plan: Plan): Problem[] {
  return plan.steps
    .filter(({ settings }) => settings.retry.maxAttempts > 1 || settings.timeoutMs !== undefined)
    .map(({ endsAt }) => deploysDifferently(endsAt, 'Its time limit and its further attempts are not taken along'));
}

function tooLong({ statements }: Exported): Problem[] {
  const long = statements.filter(({ sql }) => sql.length > LONGEST);
  return long.map(({ nodeId }) => notDeployable(nodeId, 'Its statement would be longer than Snowflake takes'));
}

import type { Problem } from '@snowflow/contracts/documents/problem';
import { literal } from '@snowflow/nodes/kit/sql/literal';
import { quoteIdentifier } from '@snowflow/nodes/kit/sql/quote-identifier';
import { ParameterValues, renderLiterals } from '@snowflow/nodes/kit/sql/render';
import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Plan, PlanStep } from '../plan/plan';
import { deploysDifferently, Exported, ExportedStatement, notDeployable, ObjectName, refused } from './exported';
import { taskBody } from './task-body';
import { graphNameProblem, quotedTask, taskNames } from './task-names';
import { scheduleClause, TaskSchedule } from './task-schedule';

export interface TaskOptions {
  name: ObjectName;
  values: ParameterValues;
  schedule: TaskSchedule;
  warehouse: string;
  comment: string;
}

/** A task that will be made. The root has no step where it only lets several others start. */
interface PlannedTask {
  name: string;
  after: string[];
  body: string;
  nodeId?: string;
}

/** A task for each table that is written and each condition before one, made suspended and then let go. */
export function asTask(plan: Plan, options: TaskOptions): Exported {
  const writes = plan.steps.filter(({ kind }) => kind === 'write');
  if (writes.length === 0) {
    return refused([
      notDeployable(undefined, 'A task writes tables, and this workflow writes none', 'Add “Write table”'),
    ]);
  }
  const needed = new Set(writes.flatMap(({ id, dependsOn }) => [id, ...dependsOn]));
  const steps = plan.steps.filter(({ id }) => needed.has(id));
  const problems = steps.length > writes.length ? graphNameProblem(options.name) : [];
  if (problems.length > 0) return refused(problems);
  const [root, ...children] = tasksOf(plan, steps, options);
  if (!root) return refused([]);
  const quoted = (name: string) => quotedTask(options.name, name);
  const all = [root, ...children];
  const statements: ExportedStatement[] = [
    ...all.map((task) => createStatement(task, options)),
    ...children.toReversed().map(({ name }) => start(`ALTER TASK ${quoted(name)} RESUME`)),
    children.length === 0
      ? start(`ALTER TASK ${quoted(root.name)} RESUME`)
      : start(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE(${literal(quoted(root.name))})`),
    undo(quoted(root.name), (task) => `ALTER TASK ${task} SUSPEND`),
    ...all.toReversed().map(({ name }) => undo(quoted(name), (task) => `DROP TASK ${task}`)),
  ];
  const nodes = [...new Set(steps.flatMap((step) => step.nodes))];
  return { statements, nodes, problems: unseen(plan, needed) };
}

/** The root first, then in the plan's order, in which each comes after what it depends on. */
function tasksOf(plan: Plan, steps: readonly PlanStep[], { name, values }: TaskOptions): PlannedTask[] {
  const render = (fragment: SqlFragment) => renderLiterals(fragment, values);
  const firsts = steps.filter(({ dependsOn }) => dependsOn.length === 0);
  const [first] = firsts;
  const root = firsts.length === 1 ? first : undefined;
  const others = steps.filter((step) => step !== root);
  const names = new Map(
    taskNames(
      name,
      others.map(({ id }) => id),
    ),
  );
  if (root) names.set(root.id, name.name);
  const task = (step: PlanStep): PlannedTask => ({
    name: names.get(step.id) ?? '',
    after: step.dependsOn.length === 0 ? [name.name] : step.dependsOn.map((id) => names.get(id) ?? ''),
    body: taskBody(plan, step, names, render),
    nodeId: step.endsAt,
  });
  const start: PlannedTask = root ? { ...task(root), after: [] } : { name: name.name, after: [], body: 'SELECT 1' };
  return [start, ...others.map(task)];
}

function createStatement(task: PlannedTask, { name, schedule, warehouse, comment }: TaskOptions): ExportedStatement {
  const quoted = (each: string) => quotedTask(name, each);
  const lines = [
    `CREATE TASK ${quoted(task.name)}`,
    `WAREHOUSE = ${quoteIdentifier(warehouse)}`,
    ...(task.after.length === 0 ? [scheduleClause(schedule)] : []),
    `COMMENT = ${literal(comment)}`,
    ...(task.after.length === 0 ? [] : [`AFTER ${task.after.map(quoted).join(', ')}`]),
    `AS ${task.body}`,
  ];
  const node = task.nodeId === undefined ? {} : { nodeId: task.nodeId };
  return { sql: lines.join('\n'), purpose: 'create', object: quoted(task.name), ...node };
}

function unseen(plan: Plan, needed: ReadonlySet<string>): Problem[] {
  return plan.steps
    .filter(({ id, kind }) => kind === 'query' && !needed.has(id))
    .map(({ endsAt }) => deploysDifferently(endsAt, 'Nobody sees a result of a task, so this one is left out'));
}

const start = (sql: string): ExportedStatement => ({ sql, purpose: 'start' });
const undo = (object: string, sql: (object: string) => string): ExportedStatement => ({
  sql: sql(object),
  purpose: 'undo',
  object,
});

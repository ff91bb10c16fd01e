import type { Problem } from '@snowflow/contracts/documents/problem';
import { definitions } from '@snowflow/nodes/definitions';
import type { Plan, PlannedNode, PlanStep } from '../plan/plan';
import { notDeployable } from './exported';
import { hasTooManyWays } from './step-variants';

const COMMON = ['onError', 'retry', 'timeoutMs'];

/**
 * The node types that plain SQL can say, with the settings that it can. A type, a setting or a kind of step that is not on
 * these lists is refused until somebody has thought about it and put it here.
 */
const EXPRESSIBLE: Readonly<Record<string, readonly string[]>> = {
  'source.table': ['database', 'schema', 'table', 'columns', 'limit'],
  'source.sql': ['sql'],
  'source.values': ['columns', 'rows'],
  'shape.filter': ['match', 'conditions', 'expression'],
  'shape.select': ['columns', 'keepOthers'],
  'shape.join': ['how', 'on', 'suffix'],
  'shape.aggregate': ['groupBy', 'measures', 'having'],
  'shape.sort': ['by'],
  'shape.limit': ['rows', 'offset'],
  'shape.union': ['all', 'byName'],
  'shape.distinct': ['columns'],
  'shape.window': ['partitionBy', 'orderBy', 'functions'],
  'shape.pivot': ['groupBy', 'column', 'values', 'measure'],
  'shape.unpivot': ['columns', 'nameColumn', 'valueColumn', 'includeNulls'],
  'shape.sql': ['inputs', 'sql'],
  'ai.generate': ['model', 'prompt', 'as', 'temperature', 'maxTokens'],
  'ai.sentiment': ['column', 'as'],
  'ai.summarize': ['column', 'as'],
  'ai.translate': ['column', 'from', 'to', 'as'],
  'ai.classify': ['column', 'categories', 'task', 'as'],
  'ai.extract': ['column', 'questions', 'as'],
  'ai.embed': ['column', 'model', 'as'],
  'logic.condition': ['expression'],
  'output.result': ['name', 'view', 'chart'],
  'output.table': ['database', 'schema', 'table', 'mode', 'keys', 'recreate'],
};
const STEP_KINDS: readonly string[] = ['query', 'write', 'condition'] satisfies PlanStep['kind'][];
const STEP_MEMBERS = 'id kind nodes endsAt endsBecause result columns dependsOn settings'.split(' ');
const NODE_MEMBERS = 'type config inputs columns targetExists disabled'.split(' ');
/** What leaves the tenant is sent by nodes that have no plain form themselves. */
const PLAN_MEMBERS = 'version steps nodes stepsOf parameters leaving'.split(' ');

/** What of a plan has no plain form, by node. Without one of these the composers' SQL says all that the plan does. */
export function inexpressible(plan: Plan): Problem[] {
  const beyond = unknownMembers(plan, PLAN_MEMBERS);
  return [
    ...(beyond.length === 0 ? [] : [notDeployable(undefined, `Its plan holds what has no plain SQL: ${list(beyond)}`)]),
    ...Object.entries(plan.nodes).flatMap(([id, node]) =>
      node.disabled || plan.stepsOf[id]?.length === 0 ? [] : ofNode(id, node),
    ),
    ...plan.steps.flatMap((step) => ofStep(plan, step)),
  ];
}

function ofNode(id: string, node: PlannedNode): Problem[] {
  const title = definitions.get(node.type)?.title ?? node.type;
  const settings = Object.hasOwn(EXPRESSIBLE, node.type) ? EXPRESSIBLE[node.type] : undefined;
  if (!settings) return [notDeployable(id, `“${title}” has no plain SQL`, 'Take it out, or run the workflow here')];
  const beyond = [...unknownMembers(node, NODE_MEMBERS), ...unknownMembers(node.config, [...settings, ...COMMON])];
  return beyond.length === 0
    ? []
    : [notDeployable(id, `Its setting ${list(beyond)} has no plain SQL`, 'Take the setting back')];
}

function ofStep(plan: Plan, step: PlanStep): Problem[] {
  const { materialise, ...settings } = step.settings;
  const beyond = [...unknownMembers(step, STEP_MEMBERS), ...unknownMembers(settings, COMMON)];
  if (materialise) beyond.push('materialise');
  const conditions = new Set(plan.steps.flatMap(({ id, kind }) => (kind === 'condition' ? [id] : [])));
  const found: Problem[] = [];
  if (!STEP_KINDS.includes(step.kind) || step.dependsOn.some((id) => !conditions.has(id)) || beyond.length > 0) {
    found.push(
      notDeployable(step.endsAt, 'Its step is more than one plain statement', 'Run the workflow here instead'),
    );
  }
  if (step.settings.onError !== 'fail') {
    const suggestion = 'Let it fail the run, or take it out';
    found.push(notDeployable(step.endsAt, 'Going on after it has failed has no plain SQL', suggestion));
  }
  if (found.length === 0 && hasTooManyWays(plan, step)) {
    found.push(notDeployable(step.endsAt, 'It depends on more conditions than a script can spell out'));
  }
  return found;
}

function unknownMembers(value: unknown, known: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    member === undefined || known.includes(name) ? [] : [name],
  );
}

const list = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ');

import { z } from 'zod';
import { problem } from './column-checks';
import { textAt } from './half-filled';
import type { CallableParameter, CheckContext, Columns, Knowledge, NodeProblem, Question } from './node-definition';
import { asType, DESCRIBED_TYPES, isOfType } from './parameter-type';
import type { StepValue } from './step-value';
import { templateProblems, type TemplateValues, templateValue } from './text-template';
import type { CallParameters } from './workflow-calls';

/** Workflows may call workflows this deep. */
export const DEEPEST_CALLS = 5;

/** The config fields of a node that runs another workflow. */
export const callFields = {
  workflowId: z
    .string()
    .regex(/^wf_[0-9A-Za-z]{22}$/, 'Choose a workflow')
    .meta({ ui: { label: 'Workflow', widget: 'workflow' } }),
  revision: z
    .union([z.literal('published'), z.int().min(1)])
    .default('published')
    .meta({ ui: { label: 'Revision', widget: 'revision', hint: 'A number, or the published one' } }),
  parameters: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'There is no such parameter'),
      z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()]),
    )
    .default({})
    .meta({
      ui: { label: 'Parameters', widget: 'parameters', hint: '{{ parameters.name }}, {{ value.field }} and the like' },
    }),
};

/** A saved workflow as a node names it; without a revision the published one. */
export interface NamedWorkflow {
  workflowId: string;
  revision: number | null;
}

const named = z.object({ workflowId: callFields.workflowId, revision: callFields.revision });

/** The workflow that a config names; undefined where it names none. */
export function callIn(config: unknown): NamedWorkflow | undefined {
  const parsed = named.safeParse(config);
  if (!parsed.success) return undefined;
  const { workflowId, revision } = parsed.data;
  return { workflowId, revision: revision === 'published' ? null : revision };
}

interface Call {
  workflowId: string;
  revision: 'published' | number;
  parameters: Readonly<Record<string, string | number | boolean | null>>;
}

/** Which workflow the line under a node names, in a config that may be half filled in. */
export function callSummary(config: Record<string, unknown>): string {
  if (!textAt(config, 'workflowId')) return 'No workflow yet';
  const revision = config['revision'];
  return typeof revision === 'number' ? `Revision ${revision} of a workflow` : 'A workflow, as published';
}

/** What the workflow service has to say about the workflow that is called. */
export function callQuestions(call: Call): readonly Question[] {
  const named = callIn(call);
  return named ? [{ kind: 'workflow', ...named }] : [];
}

/** What is wrong with a call. `item`: the columns or fields that `{{ item.name }}` may name; undefined: any; absent: no item is there. */
export function callProblems(call: Call, context: CheckContext, item?: { names: Columns }): NodeProblem[] {
  const texts = Object.entries(call.parameters).flatMap(([name, value]) =>
    typeof value === 'string' ? templateProblems(`parameters.${name}`, value, context, item) : [],
  );
  const { known } = context;
  if (known?.state === 'missing') {
    const message =
      call.revision === 'published'
        ? 'You have no such workflow'
        : `You have no such workflow, or no revision ${call.revision} of it`;
    return [...texts, problem('SOURCE_NOT_FOUND', 'workflowId', message, 'Choose one of your workflows')];
  }
  if (known?.state !== 'workflow') return texts;
  return [...texts, ...loopProblems(known), ...parameterProblems(call.parameters, known.parameters)];
}

/** What is given to the called workflow: templates filled in, everything else as it is. */
export function callParameters({ parameters }: Pick<Call, 'parameters'>, values: TemplateValues): CallParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]): [string, StepValue] => [
      name,
      typeof value === 'string' ? templateValue(value, values) : value,
    ]),
  );
}

/** What is wrong with where the calls of a called workflow lead. */
export function loopProblems(known: Knowledge): NodeProblem[] {
  if (known.state !== 'workflow' || known.reach === 'ends') return [];
  const { name, reach } = known;
  const messages = {
    itself: `“${name}” calls workflows that lead back to itself, so it would never end`,
    'too-deep': `“${name}” calls workflows more than ${DEEPEST_CALLS} deep`,
    'too-many': `“${name}” leads to too many calls of other workflows`,
  };
  return [problem('LOOP_UNBOUNDED', 'workflowId', messages[reach], 'Choose another, or change what it calls')];
}

function parameterProblems(given: Call['parameters'], declared: readonly CallableParameter[]): NodeProblem[] {
  const unknown = Object.keys(given)
    .filter((name) => !declared.some((parameter) => parameter.name === name))
    .map((name) =>
      problem('UNKNOWN_PARAMETER', `parameters.${name}`, `The workflow that is called has no parameter “${name}”`),
    );
  const wrong = declared.flatMap(({ name, type, optional }) => {
    const path = `parameters.${name}`;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined)
      return optional ? [] : [problem('INVALID_CONFIG', path, 'It has no default, so give a value')];
    // What a template gives is known in the run only.
    if (value === null || (typeof value === 'string' && value.includes('{{'))) return [];
    return isOfType(type, asType(type, value)) ? [] : [problem('TYPE_MISMATCH', path, `Give ${DESCRIBED_TYPES[type]}`)];
  });
  return [...unknown, ...wrong];
}

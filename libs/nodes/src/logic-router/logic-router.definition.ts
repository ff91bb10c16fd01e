import { z } from 'zod';
import { problem } from '../kit/column-checks';
import { modelField } from '../kit/agent-fields';
import { expressionField } from '../kit/fields';
import { count, itemsAt, short, textAt } from '../kit/half-filled';
import type { NodeDefinition, NodeProblem, Port } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';

/** The port that is taken where no route is. */
export const ELSE = 'else';

const PORT_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Ports that a router has besides its routes. */
const TAKEN: ReadonlySet<string> = new Set([ELSE, 'error']);

// Without a strategy it is the default one.
const byRules = { field: '/strategy', in: ['rules', undefined] };
const byKeywords = { field: '/strategy', in: ['keyword'] };
const byModel = { field: '/strategy', in: ['model'] };

const route = z.strictObject({
  name: z
    .string()
    .regex(PORT_ID, 'Use 1 to 64 letters, digits, _ or -')
    .meta({ ui: { label: 'Route', placeholder: 'refund' } }),
  rule: expressionField({
    label: 'Rule',
    hint: 'Over VALUE, the value that reaches it',
    placeholder: 'VALUE:amount > 1000',
    visibleWhen: byRules,
    needed: true,
  }).optional(),
  keywords: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(200)
        .meta({ ui: { label: 'Keyword' } }),
    )
    .min(1)
    .max(50)
    .optional()
    .meta({
      ui: {
        label: 'Keywords',
        hint: 'Whole words, in whatever case',
        addLabel: 'Add a keyword',
        visibleWhen: byKeywords,
      },
    }),
  description: z
    .string()
    .trim()
    .min(1)
    .max(2_000)
    .optional()
    .meta({
      ui: {
        label: 'What belongs here',
        widget: 'textarea',
        placeholder: 'Somebody wants their money back',
        visibleWhen: byModel,
        needed: true,
      },
    }),
});

const config = z.strictObject({
  strategy: z
    .enum(['rules', 'keyword', 'model'])
    .default('rules')
    .meta({
      ui: {
        label: 'Decides by',
        widget: 'segmented',
        options: { rules: 'Rules', keyword: 'Keywords', model: 'A model' },
      },
    }),
  model: modelField.optional().meta({
    ui: { label: 'Model', placeholder: 'claude-4-sonnet', visibleWhen: byModel, needed: true },
  }),
  routes: z
    .array(route)
    .min(1, 'Name a route')
    .max(50)
    .meta({ ui: { label: 'Routes', hint: 'The first that fits is taken', addLabel: 'Add a route' } }),
  ...commonSettings,
});

export type LogicRouterConfig = z.infer<typeof config>;

/** Sends a value along one of several ways. */
export const logicRouter: NodeDefinition<LogicRouterConfig> = {
  type: 'logic.router',
  group: 'logic',
  title: 'Router',
  description: 'Sends a value along the first route that fits it.',
  icon: 'signpost',
  inputs: [{ id: 'in', kind: 'value' }],
  outputs: [elsePort()],
  dynamicPorts: (config) => ({ outputs: [...routePorts(config), elsePort()] }),
  config,
  initialConfig: { strategy: 'rules', routes: [] },
  passes: { through: 'one', reads: true },
  ownFields: () => ['route'],
  values: () => [{ name: 'route', type: 'string' }],
  summary(config) {
    const routes = itemsAt(config, 'routes').map((item) => textAt(item, 'name'));
    return routes.length > 0 ? `${count(routes.length, 'route')}: ${short(routes.join(', '))}` : 'No route yet';
  },
  check: ({ strategy, model, routes }) => [
    ...(strategy === 'model' && model === undefined ? [problem('INVALID_CONFIG', 'model', 'Name a model')] : []),
    ...routes.flatMap(({ name, rule, keywords, description }, index) => [
      ...nameProblems(
        routes.map((other) => other.name),
        name,
        index,
      ),
      ...(strategy === 'rules' && rule === undefined
        ? [problem('INVALID_CONFIG', `routes.${index}.rule`, 'Write when this route is taken')]
        : []),
      ...(strategy === 'keyword' && keywords === undefined
        ? [problem('INVALID_CONFIG', `routes.${index}.keywords`, 'Name a keyword')]
        : []),
      ...(strategy === 'model' && description === undefined
        ? [problem('INVALID_CONFIG', `routes.${index}.description`, 'Say what belongs on this route')]
        : []),
    ]),
  ],
  outputColumns: () => ({}),
  sqlFields: ({ strategy, routes }) =>
    strategy === 'rules'
      ? routes.flatMap(({ rule }, index) =>
          rule === undefined ? [] : [{ path: `routes.${index}.rule`, text: rule, kind: 'value' as const }],
        )
      : [],
  examples: [
    {
      title: 'By an amount',
      config: {
        strategy: 'rules',
        routes: [
          { name: 'large', rule: 'VALUE:amount > 10000' },
          { name: 'small', rule: 'VALUE:amount > 0' },
        ],
      },
    },
    {
      title: 'By words in a message',
      config: {
        strategy: 'keyword',
        routes: [{ name: 'refund', keywords: ['refund', 'money back'] }],
      },
    },
    {
      title: 'By what is meant',
      config: {
        strategy: 'model',
        model: 'claude-4-sonnet',
        routes: [
          { name: 'refund', description: 'Somebody wants their money back' },
          { name: 'delivery', description: 'Something is late, lost or damaged' },
        ],
      },
    },
  ],
};

function elsePort(): Port {
  return { id: ELSE, kind: 'value', label: ELSE };
}

/** One for each route that has a usable name of its own. */
function routePorts(config: Record<string, unknown>): Port[] {
  const names = itemsAt(config, 'routes').map((item) => textAt(item, 'name'));
  return [...new Set(names)]
    .filter((name) => PORT_ID.test(name) && !TAKEN.has(name))
    .map((name) => ({ id: name, kind: 'value', label: name }));
}

function nameProblems(names: readonly string[], name: string, index: number): NodeProblem[] {
  const path = `routes.${index}.name`;
  if (TAKEN.has(name)) return [problem('INVALID_CONFIG', path, `The name “${name}” is taken by another port`)];
  return names.indexOf(name) < index ? [problem('INVALID_CONFIG', path, `Two routes are called “${name}”`)] : [];
}

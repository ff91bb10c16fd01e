import { z } from 'zod';
import { agentDisclosures, agentReads } from '../kit/agent-disclosures';
import {
  agentFields,
  approverFields,
  guardFields,
  instructionsField,
  limitFields,
  modelField,
  threadFields,
} from '../kit/agent-fields';
import { agentProblems, agentValues, toolDepartures, toolProblems } from '../kit/agent-problems';
import { agentTools, TOOL_NAME } from '../kit/agent-tool-fields';
import { problem } from '../kit/column-checks';
import { count, itemsAt, short, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';

const agent = z.strictObject({
  name: z
    .string()
    .regex(TOOL_NAME, 'Start with a letter; use up to 48 letters, digits and _')
    .meta({ ui: { label: 'Agent', placeholder: 'sales' } }),
  description: z
    .string()
    .trim()
    .min(1, 'Say what it is for')
    .max(2_000)
    .meta({ ui: { label: 'What it is for', widget: 'textarea', hint: 'By it the supervisor chooses' } }),
  model: modelField,
  instructions: instructionsField,
  tools: agentTools,
  maxSteps: z
    .int()
    .min(1)
    .max(100)
    .default(8)
    .meta({ ui: { label: 'Calls of its model at most' } }),
  onError: z
    .enum(['tell', 'fail'])
    .default('tell')
    .meta({
      ui: {
        label: 'When it fails',
        widget: 'segmented',
        options: { tell: 'Tell the supervisor', fail: 'Fail the node' },
      },
    }),
});

const config = z.strictObject({
  ...agentFields,
  agents: z
    .array(agent)
    .min(1, 'Name an agent')
    .max(20)
    .meta({ ui: { label: 'Agents', addLabel: 'Add an agent' } }),
  maxDelegations: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({ ui: { label: 'Delegations at most' } }),
  ...threadFields,
  ...approverFields,
  ...limitFields,
  ...guardFields,
  ...commonSettings,
});

export type AiSupervisorConfig = z.infer<typeof config>;

const toolsOf = ({ agents }: AiSupervisorConfig) => agents.flatMap(({ tools }) => tools);

/** A model that hands tasks to agents and answers from what they found. */
export const aiSupervisor: NodeDefinition<AiSupervisorConfig> = {
  type: 'ai.supervisor',
  group: 'ai',
  title: 'Supervisor',
  description: 'Hands tasks to several agents, at once where it can, and answers from what they found.',
  icon: 'users-round',
  inputs: [{ id: 'in', kind: 'value', optional: true }],
  outputs: [{ id: 'out', kind: 'value' }],
  config,
  initialConfig: { instructions: '', agents: [], maxDelegations: 10, maxSteps: 10, maxTokens: 50_000, maxSeconds: 300 },
  values: agentValues,
  summary(config) {
    const agents = itemsAt(config, 'agents').map((item) => textAt(item, 'name'));
    return agents.length > 0 ? `${count(agents.length, 'agent')}: ${short(agents.join(', '))}` : 'No agent yet';
  },
  check: (config, context) => [
    ...agentProblems(config, context),
    ...config.agents.flatMap(({ name, tools }, index) => [
      ...(config.agents.findIndex((other) => other.name === name) < index
        ? [problem('INVALID_CONFIG', `agents.${index}.name`, `Two agents are called “${name}”`)]
        : []),
      ...toolProblems(tools, `agents.${index}.tools`),
    ]),
  ],
  outputColumns: () => ({}),
  readsData: (config) => agentReads({ ...config, tools: toolsOf(config) }),
  discloses: (config) => agentDisclosures({ ...config, tools: toolsOf(config) }, 'agents'),
  leaves: ({ agents }) => agents.flatMap(({ tools }, index) => toolDepartures(tools, `agents.${index}.tools`)),
  examples: [
    {
      title: 'Two who know different tables',
      config: {
        model: 'claude-4-sonnet',
        question: '{{ value }}',
        instructions: 'Ask each agent what it knows and compare.',
        agents: [
          {
            name: 'orders',
            description: 'Knows what was ordered.',
            model: 'claude-4-sonnet',
            instructions: 'You know ORDERS and LINEITEM.',
            tools: [{ kind: 'sql', name: 'orders' }],
            maxSteps: 8,
            onError: 'tell',
          },
          {
            name: 'suppliers',
            description: 'Knows who supplies what.',
            model: 'claude-4-sonnet',
            instructions: 'You know SUPPLIER and PARTSUPP.',
            tools: [{ kind: 'sql', name: 'suppliers' }],
            maxSteps: 8,
            onError: 'fail',
          },
        ],
        maxDelegations: 10,
        maxSteps: 10,
        maxTokens: 50_000,
        maxSeconds: 300,
        maxReplyTokens: 2_048,
      },
    },
  ],
};

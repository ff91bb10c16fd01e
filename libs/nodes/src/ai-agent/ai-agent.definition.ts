import { z } from 'zod';
import { agentDisclosures, agentReads } from '../kit/agent-disclosures';
import { agentFields, approverFields, guardFields, limitFields, threadFields } from '../kit/agent-fields';
import { agentProblems, agentValues, toolDepartures, toolProblems } from '../kit/agent-problems';
import { agentTools } from '../kit/agent-tool-fields';
import { count, itemsAt, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';

const config = z.strictObject({
  ...agentFields,
  tools: agentTools,
  ...threadFields,
  ...approverFields,
  maxToolCalls: z
    .int()
    .min(0)
    .max(200)
    .default(20)
    .meta({ ui: { label: 'Calls of tools at most' } }),
  ...limitFields,
  ...guardFields,
  ...commonSettings,
});

export type AiAgentConfig = z.infer<typeof config>;

/** A model that calls tools until it can answer. */
export const aiAgent: NodeDefinition<AiAgentConfig> = {
  type: 'ai.agent',
  group: 'ai',
  title: 'Agent',
  description: 'Answers a question with a model that calls the tools you give it.',
  icon: 'bot',
  inputs: [{ id: 'in', kind: 'value', optional: true }],
  outputs: [{ id: 'out', kind: 'value' }],
  config,
  initialConfig: { instructions: '', tools: [], maxSteps: 10, maxToolCalls: 20, maxTokens: 50_000, maxSeconds: 300 },
  values: agentValues,
  summary(config) {
    const tools = itemsAt(config, 'tools').length;
    return `${textAt(config, 'model').replaceAll(/\s+/g, ' ').trim().slice(0, 60) || 'No model yet'}, ${count(tools, 'tool')}`;
  },
  check: (config, context) => [...agentProblems(config, context), ...toolProblems(config.tools)],
  outputColumns: () => ({}),
  readsData: agentReads,
  discloses: agentDisclosures,
  leaves: ({ tools }) => toolDepartures(tools),
  examples: [
    {
      title: 'Over the orders',
      config: {
        model: 'claude-4-sonnet',
        question: 'Which nation ordered most, and how much?',
        instructions: 'You answer questions about orders. Amounts are in dollars.',
        tools: [
          {
            kind: 'sql',
            name: 'orders',
            description: 'Reads ORDERS, CUSTOMER and NATION of the TPC-H sample.',
            schemas: [{ database: 'SNOWFLAKE_SAMPLE_DATA', schema: 'TPCH_SF1' }],
          },
        ],
        maxToolCalls: 20,
        maxSteps: 10,
        maxTokens: 50_000,
        maxSeconds: 300,
        maxReplyTokens: 2_048,
      },
    },
  ],
};

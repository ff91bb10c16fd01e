import { z } from 'zod';
import { problem } from '../kit/column-checks';
import { short, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { templateProblems } from '../kit/text-template';
import { schemaFault } from './answer-schema';

const config = z.strictObject({
  model: z
    .string()
    .trim()
    .min(1, 'Name a model')
    .max(300)
    .meta({
      ui: {
        label: 'Model',
        widget: 'model',
        placeholder: 'claude-sonnet-4-5',
        hint: 'Of Cortex, or endpoint:name of one that an operator named',
      },
    }),
  system: z
    .string()
    .max(20_000)
    .optional()
    .meta({ ui: { label: 'Instructions', widget: 'textarea', placeholder: 'You answer in one sentence.' } }),
  prompt: z
    .string()
    .trim()
    .min(1, 'Write what to ask')
    .max(100_000)
    .meta({ ui: { label: 'Prompt', widget: 'textarea', placeholder: 'Sum this up: {{ value }}' } }),
  responseSchema: z
    .string()
    .max(50_000)
    .optional()
    .meta({
      ui: {
        label: 'Form of the answer',
        widget: 'textarea',
        hint: 'A JSON schema of an object; without it the answer is text',
        placeholder: '{ "type": "object", "properties": { "urgent": { "type": "boolean" } }, "required": ["urgent"] }',
      },
    }),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .optional()
    .meta({ ui: { label: 'Temperature', hint: '0 varies least' } }),
  maxTokens: z
    .int()
    .min(1)
    .max(128_000)
    .optional()
    .meta({ ui: { label: 'Tokens of the answer at most' } }),
  ...commonSettings,
});

export type AiCompleteConfig = z.infer<typeof config>;

/** Asks a model once. */
export const aiComplete: NodeDefinition<AiCompleteConfig> = {
  type: 'ai.complete',
  group: 'ai',
  title: 'Complete',
  description: 'Asks a model once, and gives its answer to later nodes.',
  icon: 'message-square-text',
  inputs: [{ id: 'in', kind: 'value', optional: true }],
  outputs: [{ id: 'out', kind: 'value' }],
  config,
  initialConfig: {},
  summary: (config) => short(textAt(config, 'prompt')) || 'No prompt yet',
  check({ prompt, system = '', responseSchema }, context) {
    const fault = responseSchema === undefined ? undefined : schemaFault(responseSchema);
    return [
      ...templateProblems('prompt', prompt, context),
      ...templateProblems('system', system, context),
      ...(fault === undefined ? [] : [problem('INVALID_CONFIG', 'responseSchema', fault)]),
    ];
  },
  outputColumns: () => ({}),
  ownFields: () => ['model', 'inputTokens', 'outputTokens'],
  values: ({ responseSchema }) => [
    { name: 'answer', type: responseSchema === undefined ? 'string' : 'json' },
    { name: 'model', type: 'string' },
    { name: 'inputTokens', type: 'number' },
    { name: 'outputTokens', type: 'number' },
  ],
  examples: [
    { title: 'A sentence', config: { model: 'claude-sonnet-4-5', prompt: 'Greet our customers.' } },
    {
      title: 'An answer of a fixed form',
      config: {
        model: 'llama3.3-70b',
        system: 'You sort requests.',
        prompt: 'Which department answers this? {{ value }}',
        responseSchema:
          '{ "type": "object", "properties": { "department": { "enum": ["sales", "support"] } }, "required": ["department"] }',
        temperature: 0,
        maxTokens: 200,
      },
    },
  ],
};

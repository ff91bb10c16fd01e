import { z } from 'zod';
import { agentTools } from './agent-tool-fields';

const atMost = (label: string, most: number, usual: number) =>
  z.int().min(1).max(most).default(usual).meta({ ui: { label } });

/** A model, by the name that the list of models has it under. */
export const modelField = z
  .string()
  .trim()
  .min(1, 'Name a model')
  .max(200)
  .meta({ ui: { label: 'Model', placeholder: 'claude-4-sonnet' } });

/** What an agent is told about itself. */
export const instructionsField = z
  .string()
  .trim()
  .max(20_000)
  .default('')
  .meta({ ui: { label: 'Instructions', widget: 'textarea', placeholder: 'You answer questions about our orders.' } });

/** The settings that an agent and a supervisor have in common, without those of its tools. */
export const agentFields = {
  model: modelField,
  question: z
    .string()
    .trim()
    .max(20_000)
    .optional()
    .meta({
      ui: {
        label: 'Question',
        widget: 'textarea',
        placeholder: '{{ value }}',
        hint: 'Without it, the value that reaches the node',
      },
    }),
  instructions: instructionsField,
};

/** What an agent remembers of earlier runs. */
export const threadFields = {
  thread: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .meta({
      ui: {
        label: 'Conversation',
        hint: 'Its name; runs that give the same one go on with each other. Without one nothing is remembered',
        placeholder: '{{ parameters.thread }}',
      },
    }),
  remembers: z
    .int()
    .min(1)
    .max(20)
    .optional()
    .meta({ ui: { label: 'Questions that it remembers', placeholder: '5' } }),
};

/** Who decides on calls that a person has to approve. */
export const approverFields = {
  approvers: z
    .array(
      z
        .string()
        .trim()
        .regex(/^(user|role):.{1,255}$/, 'Write user:NAME or role:NAME')
        .meta({ ui: { label: 'Approver', placeholder: 'role:FINANCE' } }),
    )
    .max(50)
    .optional()
    .meta({ ui: { label: 'Who approves calls', hint: 'Without anybody, who runs it', addLabel: 'Add an approver' } }),
};

/** Limits, asked before each call. */
export const limitFields = {
  maxSteps: atMost('Calls of its model at most', 100, 10),
  maxTokens: atMost('Tokens at most', 2_000_000, 50_000),
  maxSeconds: atMost('Seconds at most', 3_600, 300),
  maxReplyTokens: atMost('Tokens of one reply at most', 32_000, 2_048),
};

/** What an answer has to be, and may not hold. */
export const guardFields = {
  temperature: z
    .number()
    .min(0)
    .max(2)
    .optional()
    .meta({ ui: { label: 'Temperature' } }),
  responseSchema: z
    .string()
    .max(20_000)
    .optional()
    .meta({
      ui: { label: 'Form of the answer', widget: 'textarea', hint: 'A JSON schema; without it the answer is a text' },
    }),
  blockedTopics: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(200)
        .meta({ ui: { label: 'Words' } }),
    )
    .max(100)
    .optional()
    .meta({
      ui: { label: 'Blocked topics', hint: 'Whole words that no question or answer may hold', addLabel: 'Add a topic' },
    }),
  linkHosts: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9.-]{1,253}$/, 'Write a host such as docs.example.com')
        .meta({ ui: { label: 'Host', placeholder: 'docs.example.com' } }),
    )
    .max(50)
    .optional()
    .meta({
      ui: {
        label: 'Links allowed to',
        hint: 'Links to other hosts are taken out of the answer',
        addLabel: 'Add a host',
      },
    }),
};

const setup = z.object({
  ...agentFields,
  tools: agentTools,
  maxToolCalls: z.number(),
  ...approverFields,
  ...limitFields,
  ...guardFields,
});

/** An agent as its node sets it up. */
export type AgentSetup = Omit<z.infer<typeof setup>, 'question'>;

/** An agent of a supervisor. */
export interface DelegateSetup extends Pick<AgentSetup, 'model' | 'instructions' | 'tools' | 'maxSteps'> {
  name: string;
  description: string;
  /** `tell`: its supervisor hears of its failure and goes on. */
  onError: 'tell' | 'fail';
}

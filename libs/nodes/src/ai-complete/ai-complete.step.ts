import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ActionContext, ActionNode } from '../kit/action-node';
import type { ModelMessage, ModelReply, ModelRequest } from '../kit/model-calls';
import type { StepValue } from '../kit/step-value';
import { fillTemplate } from '../kit/text-template';
import type { AiCompleteConfig } from './ai-complete.definition';
import { checkedAnswer, schemaOf } from './answer-schema';

/** Asks once; an answer that does not have its form goes back to the model once, with what is wrong. */
export const aiCompleteStep: ActionNode<AiCompleteConfig> = {
  type: 'ai.complete',
  async run(config, context) {
    const request = requestOf(config, context);
    const { chat } = asking(context);
    const first = await chat(request);
    const { responseSchema } = request;
    if (!responseSchema) return { value: valueOf(config, first.text, [first]) };
    const read = readAnswer(responseSchema, first.text);
    if ('value' in read) return { value: valueOf(config, read.value, [first]) };
    const second = await chat({ ...request, messages: [...request.messages, ...repair(first.text, read.fault)] });
    const again = readAnswer(responseSchema, second.text);
    if ('value' in again) return { value: valueOf(config, again.value, [first, second]) };
    throw new AppError(
      'MODEL_FAILED',
      `The model ${config.model} was asked twice and its answer does not have the form that this node asks for: ${again.fault}. Make the form simpler, or choose another model.`,
    );
  },
};

function requestOf(config: AiCompleteConfig, context: ActionContext): ModelRequest {
  const { model, system = '', prompt, temperature, maxTokens, responseSchema } = config;
  const schema = responseSchema === undefined ? undefined : schemaOf(responseSchema);
  const messages: ModelMessage[] = [{ role: 'user', content: fillTemplate(prompt, context) }];
  if (system !== '') messages.unshift({ role: 'system', content: fillTemplate(system, context) });
  return {
    model,
    messages,
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(schema === undefined ? {} : { responseSchema: schema as { [key: string]: StepValue } }),
  };
}

const asking = ({ ports, signal }: ActionContext) => ({
  chat: (request: ModelRequest) => ports.models.chat(request, signal),
});

const repair = (answer: string, fault: string): ModelMessage[] => [
  { role: 'assistant', content: answer },
  { role: 'user', content: `This does not fit the JSON schema. ${fault}. Answer again, with the JSON object alone.` },
];

/** Models like to put JSON between fences. */
function readAnswer(schema: object, text: string): { value: StepValue } | { fault: string } {
  const inner = /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(text)?.[1] ?? text;
  try {
    return checkedAnswer(schema as Record<string, unknown>, JSON.parse(inner) as StepValue);
  } catch {
    return { fault: 'It is no JSON' };
  }
}

function valueOf({ model }: AiCompleteConfig, answer: StepValue, replies: readonly ModelReply[]): StepValue {
  const sum = (side: 'input' | 'output') => replies.reduce((total, { tokens }) => total + tokens[side], 0);
  return { answer, model, inputTokens: sum('input'), outputTokens: sum('output') };
}

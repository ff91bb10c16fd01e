import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ModelMessage, ModelReply, ModelRequest, ToolCall } from '@snowflow/nodes/kit/model-calls';
import type { StepValue } from '@snowflow/nodes/kit/step-value';

type Json = Record<string, unknown>;

/** A request in the format of OpenAI's chat completions. `limit`: the field that bounds the answer, which providers name differently. */
export function chatBody(request: ModelRequest, limit: 'max_completion_tokens' | 'max_tokens'): Json {
  const { model, messages, tools = [], temperature, maxTokens, responseSchema } = request;
  return {
    model,
    messages: messages.map(messageBody),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters }) => ({
            type: 'function',
            function: { name, description, parameters },
          })),
        }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { [limit]: maxTokens }),
    ...(responseSchema === undefined
      ? {}
      : { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: responseSchema } } }),
  };
}

function messageBody(message: ModelMessage): Json {
  if (message.role === 'tool') {
    return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
  }
  if (message.role !== 'assistant' || !message.toolCalls?.length) {
    return { role: message.role, content: message.content };
  }
  return {
    role: 'assistant',
    content: message.content,
    tool_calls: message.toolCalls.map(({ id, name, arguments: input }) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(input) },
    })),
  };
}

/** Throws MODEL_FAILED where the body is no answer. */
export function chatReply(body: Json): ModelReply {
  const [choice] = Array.isArray(body['choices']) ? (body['choices'] as unknown[]) : [];
  const message = recordOf(recordOf(choice)['message']);
  const { prompt_tokens: input, completion_tokens: output } = recordOf(body['usage']);
  const calls = Array.isArray(message['tool_calls']) ? (message['tool_calls'] as unknown[]) : [];
  const text = typeof message['content'] === 'string' ? message['content'] : '';
  if (choice === undefined || (text === '' && calls.length === 0)) {
    throw new AppError('MODEL_FAILED', 'The model gave no answer. Ask it otherwise, or allow it more tokens.');
  }
  return { text, toolCalls: calls.map(toolCall), tokens: { input: countOf(input), output: countOf(output) } };
}

/** About four letters are a token; more are counted rather than fewer. */
export function tokensAtMost({ messages, tools = [], responseSchema, maxTokens = 0 }: ModelRequest): number {
  const asked = JSON.stringify([messages, tools, responseSchema ?? null]);
  return Math.ceil(asked.length / 3) + maxTokens;
}

/** Arguments that are no JSON stay the text that they are: who executes the call tells the model so. */
function toolCall(given: unknown): ToolCall {
  const { id, function: called } = recordOf(given);
  const { name, arguments: input } = recordOf(called);
  const text = typeof input === 'string' ? input : JSON.stringify(input ?? {});
  return { id: textOf(id), name: textOf(name), arguments: parsed(text) };
}

function parsed(text: string): StepValue {
  try {
    return JSON.parse(text === '' ? '{}' : text) as StepValue;
  } catch {
    return text;
  }
}

const recordOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const countOf = (value: unknown) => (typeof value === 'number' && value > 0 ? Math.round(value) : 0);

import { recordOf, textOf } from '../http/exchange';

export interface ChatMessage {
  role: string;
  content: string;
}

export interface ChatTool {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
}

/** A request in the format of OpenAI's chat completions, as far as it is simulated. */
export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  tools: ChatTool[];
  /** The JSON schema that the answer is to have. */
  schema: Record<string, unknown> | undefined;
  stream: boolean;
}

const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(recordOf) : []);

/** Content is a text, or parts of which the texts are read. */
const contentOf = (value: unknown): string =>
  textOf(value) ??
  listOf(value)
    .map((part) => textOf(part['text']) ?? '')
    .join('');

export function chatRequest(body: Record<string, unknown>): ChatRequest {
  const format = recordOf(body['response_format']);
  return {
    model: textOf(body['model']) ?? '',
    messages: listOf(body['messages']).map(({ role, content }) => ({
      role: textOf(role) ?? '',
      content: contentOf(content),
    })),
    tools: listOf(body['tools']).map((tool) => {
      const { name, description, parameters } = recordOf(tool['function']);
      return {
        name: textOf(name) ?? '',
        description: textOf(description) ?? '',
        parameters: recordOf(parameters),
      };
    }),
    schema: format['type'] === 'json_schema' ? recordOf(recordOf(format['json_schema'])['schema']) : undefined,
    stream: body['stream'] === true,
  };
}

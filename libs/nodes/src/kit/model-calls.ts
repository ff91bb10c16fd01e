import type { StepValue } from './step-value';

/** A tool that a model may ask for; `parameters` is a JSON schema of its arguments. */
export interface OfferedTool {
  name: string;
  description: string;
  parameters: { [key: string]: StepValue };
}

/** What a model asked for. Its arguments are the model's words: whoever executes it parses them first. */
export interface ToolCall {
  id: string;
  name: string;
  arguments: StepValue;
}

/** One turn of a conversation, as the chat completions of OpenAI have it. */
export type ModelMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: readonly ToolCall[] }
  | { role: 'tool'; toolCallId: string; content: string };

/** What is asked of a model. `responseSchema`: a JSON schema that its answer has to have. */
export interface ModelRequest {
  /** As the list of models names it. */
  model: string;
  messages: readonly ModelMessage[];
  tools?: readonly OfferedTool[];
  temperature?: number;
  maxTokens?: number;
  responseSchema?: { [key: string]: StepValue };
}

/** What a model answered; tokens as it counted them itself. */
export interface ModelReply {
  text: string;
  toolCalls: readonly ToolCall[];
  tokens: { input: number; output: number };
}

/** Language models: Cortex as who runs the workflow, or an endpoint that an administrator named. */
export abstract class ModelCalls {
  /**
   * Asks once and never anew by itself. `heard` gets the answer's text piece by piece while it comes.
   * Throws AppError: MODEL_UNKNOWN, MODEL_FAILED, BUDGET_EXCEEDED.
   */
  abstract chat(request: ModelRequest, signal: AbortSignal, heard?: (piece: string) => void): Promise<ModelReply>;
}

import { analystMessages, readAnalystAnswer, viewText } from '@snowflow/contracts/semantic/analyst-format';
import type { AnalystReply, AnalystRequest } from '@snowflow/nodes/kit/cortex-calls';

/** The body of a question to Analyst. */
export function analystBody({ model, question, history }: AnalystRequest): Record<string, unknown> {
  const messages = analystMessages(question, history);
  if (model.kind === 'view') return { messages, semantic_view: viewText([model.database, model.schema, model.name]) };
  return model.kind === 'yaml'
    ? { messages, semantic_model: model.text }
    : { messages, semantic_model_file: model.path };
}

export const analystReply = (body: Record<string, unknown>): AnalystReply => readAnalystAnswer(body);

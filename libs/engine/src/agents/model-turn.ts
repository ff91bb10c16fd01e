import type { ModelMessage, ModelReply, ModelRequest } from '@snowflow/nodes/kit/model-calls';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { Agent } from './agent';
import type { AgentScene } from './agent-scene';
import type { AgentStep } from './agent-step';

/** As it was written below. */
type SaidBefore = { text: string; toolCalls: { id: string; name: string; arguments: StepValue }[] };

/** A token is rarely shorter than this in characters; a guess that is too high only makes a limit come a little early. */
const CHARACTERS_OF_A_TOKEN = 3;

/** The reply of an agent's model to the conversation so far: the one that was stored, or a new one, stored before it is acted on. */
export async function modelTurn(
  { model, tools, temperature, maxReplyTokens, responseSchema }: Agent,
  messages: readonly ModelMessage[],
  place: string,
  { journal, spending, models, signal, now, heard }: AgentScene,
): Promise<ModelReply> {
  const before = journal.find(place);
  if (before?.state === 'succeeded' && before.tokens) {
    spending.stepBefore(before.tokens.input + before.tokens.output);
    return { ...(before.answered as SaidBefore), tokens: before.tokens };
  }
  const offered = tools.map(({ name, description, parameters }) => ({ name, description, parameters }));
  const inputTokens = Math.ceil(JSON.stringify([messages, offered]).length / CHARACTERS_OF_A_TOKEN);
  const maxTokens = spending.beforeStep(inputTokens, maxReplyTokens);
  const step: AgentStep = {
    place,
    kind: 'model',
    name: model,
    state: 'running',
    startedAt: now(),
    endedAt: null,
    tokens: null,
    reads: false,
    asked: newMessages(messages),
    answered: null,
  };
  await journal.write(step);
  const request: ModelRequest = {
    model,
    messages,
    maxTokens,
    ...(offered.length > 0 ? { tools: offered } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(responseSchema === undefined ? {} : { responseSchema }),
  };
  let taken = 0;
  try {
    const { text, toolCalls, tokens } = await models.chat(request, signal, heard && ((piece) => heard(piece, place)));
    taken = tokens.input + tokens.output;
    const answered = {
      text,
      toolCalls: toolCalls.map(({ id, name, arguments: given }) => ({ id, name, arguments: given })),
    };
    await journal.write({ ...step, state: 'succeeded', endedAt: now(), tokens, answered });
    return { text, toolCalls, tokens };
  } catch (error) {
    if (!signal.aborted) await journal.write({ ...step, state: 'failed', endedAt: now() });
    throw error;
  } finally {
    spending.afterStep(inputTokens + maxTokens, taken);
  }
}

/** The turns since the model last spoke: earlier ones stand in the steps before. What tools answered stands in their own. */
function newMessages(messages: readonly ModelMessage[]): { role: string; content: string }[] {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  return messages.slice(last + 1).flatMap(({ role, content }) => (role === 'tool' ? [] : [{ role, content }]));
}

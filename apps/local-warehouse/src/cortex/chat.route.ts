import { randomUUID } from 'node:crypto';
import type { Exchange } from '../http/exchange';
import { RestRefusal, type RestReply } from '../http/rest-reply';
import { chatRequest, type ChatRequest } from './chat-request';
import { simulate, tokensOf, type Simulated } from './chat-simulation';
import { chatModels } from './models';

/** POST /api/v2/cortex/v1/chat/completions */
export function completeChat({ body }: Exchange): RestReply {
  const request = chatRequest(body);
  if (!(chatModels as readonly string[]).includes(request.model)) {
    throw new RestRefusal(400, `unknown model "${request.model}"`);
  }
  if (request.messages.length === 0) throw new RestRefusal(400, 'messages must not be empty');
  const simulated = simulate(request);
  return request.stream ? { events: chunksOf(request, simulated) } : { body: completion(request, simulated) };
}

function completion(request: ChatRequest, simulated: Simulated): object {
  const head = { ...headOf(request), object: 'chat.completion' };
  const usage = usageOf(request, simulated);
  if ('text' in simulated) {
    const message = { role: 'assistant', content: simulated.text };
    return { ...head, choices: [{ index: 0, message, finish_reason: 'stop' }], usage };
  }
  const message = { role: 'assistant', content: '', tool_calls: [callOf(simulated)] };
  return { ...head, choices: [{ index: 0, message, finish_reason: 'tool_calls' }], usage };
}

/** A text comes word by word. */
function chunksOf(request: ChatRequest, simulated: Simulated): string[] {
  const head = { ...headOf(request), object: 'chat.completion.chunk' };
  const deltas =
    'text' in simulated
      ? (simulated.text.match(/\s*\S+/g) ?? []).map((content) => ({ content }))
      : [{ tool_calls: [{ index: 0, ...callOf(simulated) }] }];
  const end = { index: 0, delta: {}, finish_reason: 'text' in simulated ? 'stop' : 'tool_calls' };
  return [
    ...deltas.map((delta) => ({ ...head, choices: [{ index: 0, delta, finish_reason: null }] })),
    { ...head, choices: [end], usage: usageOf(request, simulated) },
  ]
    .map((chunk) => JSON.stringify(chunk))
    .concat('[DONE]');
}

const headOf = ({ model }: ChatRequest) => ({ id: randomUUID(), created: Math.floor(Date.now() / 1000), model });

function callOf({ tool, input }: Extract<Simulated, { tool: string }>): object {
  return { id: `call_${randomUUID()}`, type: 'function', function: { name: tool, arguments: JSON.stringify(input) } };
}

function usageOf({ messages }: ChatRequest, simulated: Simulated): object {
  const asked = messages.reduce((sum, { content }) => sum + tokensOf(content), 0);
  const answered = tokensOf('text' in simulated ? simulated.text : JSON.stringify(simulated.input));
  return { prompt_tokens: asked, completion_tokens: answered, total_tokens: asked + answered };
}

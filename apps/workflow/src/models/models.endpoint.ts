import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { timeLimit } from '@snowflow/contracts/rpc/time-limit';
import type { ModelReply, ModelRequest } from '@snowflow/nodes/kit/model-calls';
import { type EgressRule, guardedFetch } from '@snowflow/platform/net/guarded-fetch';
import { chatBody, chatReply } from './chat-format';
import { streamedReply } from './chat-stream';
import { ENDPOINT_PREFIX, MODEL_ENDPOINT, type ModelEndpoint } from './model-endpoint';
import { modelRefusal } from './model-refusal';
import { type Asking, ModelSource } from './model-source';

const TIMEOUT_MS = 120_000;
const MOST_SAID = 500;
/** Each token comes in an envelope of its own. */
const MOST_STREAMED_BYTES = 16_777_216;

/** The operator named the address, which may therefore be a private one; nobody else has a say in it. */
const AS_NAMED: EgressRule = { lookupFor: () => undefined };

/** Models of an OpenAI-compatible endpoint. What is asked leaves Snowflake, so an operator has to have named it. */
@Injectable()
export class EndpointModels extends ModelSource {
  constructor(@Inject(MODEL_ENDPOINT) private readonly endpoint: ModelEndpoint | undefined) {
    super();
  }

  async chat(
    _asking: Asking,
    request: ModelRequest,
    signal: AbortSignal,
    heard?: (piece: string) => void,
  ): Promise<ModelReply> {
    const model = request.model.slice(ENDPOINT_PREFIX.length);
    if (!this.endpoint?.models.includes(model)) {
      throw new AppError(
        'MODEL_UNKNOWN',
        `This installation has no model ${request.model}. An operator names an endpoint and its models by MODEL_ENDPOINT_URL and MODEL_ENDPOINT_MODELS.`,
      );
    }
    const asked = { ...chatBody({ ...request, model }, 'max_tokens'), ...(heard ? STREAMED : {}) };
    const response = await this.post(this.endpoint, asked, signal, heard !== undefined);
    if (heard && isStream(response)) return chatReply(await this.streamed(response, heard, signal));
    const body = await bodyOf(response);
    if (!response.ok) throw modelRefusal(request.model, response.status, saidBy(response.status, body));
    const reply = chatReply(body);
    if (reply.text !== '') heard?.(reply.text);
    return reply;
  }

  private async streamed(response: Response, heard: (piece: string) => void, signal: AbortSignal) {
    try {
      return await streamedReply(response, heard);
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof AppError) throw cause;
      throw new AppError('MODEL_FAILED', 'The answer of the model broke off. Try again.', {}, { cause });
    }
  }

  private async post(
    { url, key }: ModelEndpoint,
    body: object,
    signal: AbortSignal,
    streams: boolean,
  ): Promise<Response> {
    const target = new URL(`${url.replace(/\/+$/, '')}/chat/completions`);
    try {
      return await guardedFetch(AS_NAMED, target, {
        method: 'POST',
        headers: {
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
          'user-agent': 'SnowFlow',
          ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(body),
        ...(streams ? { streams, maxBytes: MOST_STREAMED_BYTES } : {}),
        signal: AbortSignal.any([signal, timeLimit(TIMEOUT_MS)]),
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new AppError('MODEL_FAILED', `The model endpoint ${target.host} gave no answer. Try again.`, {}, { cause });
    }
  }
}

const STREAMED = { stream: true, stream_options: { include_usage: true } };

/** An endpoint that does not stream answers at once. */
const isStream = ({ ok, headers }: Response) => ok && headers.get('content-type')?.startsWith('text/event-stream');

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(await response.text());
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function saidBy(status: number, { error }: Record<string, unknown>): string {
  const said = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  return `The endpoint answered with status ${status}${said === '' ? '.' : `: ${said.slice(0, MOST_SAID)}`}`;
}

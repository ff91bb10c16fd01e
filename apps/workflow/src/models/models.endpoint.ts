import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ModelReply, ModelRequest } from '@snowflow/nodes/kit/model-calls';
import { type EgressRule, guardedFetch } from '@snowflow/platform/net/guarded-fetch';
import { chatBody, chatReply } from './chat-format';
import { ENDPOINT_PREFIX, MODEL_ENDPOINT, type ModelEndpoint } from './model-endpoint';
import { modelRefusal } from './model-refusal';
import { type Asking, ModelSource } from './model-source';

const TIMEOUT_MS = 120_000;
const MOST_SAID = 500;

/** The operator named the address, which may therefore be a private one; nobody else has a say in it. */
const AS_NAMED: EgressRule = { lookupFor: () => undefined };

/** Models of an OpenAI-compatible endpoint. What is asked leaves Snowflake, so an operator has to have named it. */
@Injectable()
export class EndpointModels extends ModelSource {
  constructor(@Inject(MODEL_ENDPOINT) private readonly endpoint: ModelEndpoint | undefined) {
    super();
  }

  async chat(_asking: Asking, request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    const model = request.model.slice(ENDPOINT_PREFIX.length);
    if (!this.endpoint?.models.includes(model)) {
      throw new AppError(
        'MODEL_UNKNOWN',
        `This installation has no model ${request.model}. An operator names an endpoint and its models by MODEL_ENDPOINT_URL and MODEL_ENDPOINT_MODELS.`,
      );
    }
    const response = await this.post(this.endpoint, chatBody({ ...request, model }, 'max_tokens'), signal);
    const body = await bodyOf(response);
    if (!response.ok) throw modelRefusal(request.model, response.status, saidBy(response.status, body));
    return chatReply(body);
  }

  private async post({ url, key }: ModelEndpoint, body: object, signal: AbortSignal): Promise<Response> {
    const target = new URL(`${url.replace(/\/+$/, '')}/chat/completions`);
    try {
      return await guardedFetch(AS_NAMED, target, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'user-agent': 'SnowFlow',
          ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new AppError('MODEL_FAILED', `The model endpoint ${target.host} gave no answer. Try again.`, {}, { cause });
    }
  }
}

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

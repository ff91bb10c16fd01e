import { Injectable } from '@nestjs/common';
import { type ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ModelReply, ModelRequest } from '@snowflow/nodes/kit/model-calls';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { untilAborted } from '../execution/until-aborted';
import { chatBody, chatReply } from './chat-format';
import { modelRefusal } from './model-refusal';
import { type Asking, ModelSource } from './model-source';

const TIMEOUT_MS = 50_000;

/** Models of the account, asked with the session of the present person: of a run, in its pinned context. */
@Injectable()
export class CortexModels extends ModelSource {
  constructor(@InjectClient(connectionsContract) private readonly connections: ConnectionsClient) {
    super();
  }

  async chat(
    asking: Asking,
    request: ModelRequest,
    signal: AbortSignal,
    heard?: (piece: string) => void,
  ): Promise<ModelReply> {
    const body = chatBody(request, 'max_completion_tokens');
    const asked = { service: 'chat' as const, body, timeoutMs: TIMEOUT_MS, ...asking };
    const reply = await untilAborted(signal, this.connections.cortex(asked)).catch((error: unknown) => {
      throw failureOf(error, request.model);
    });
    const said = chatReply(reply.body);
    if (said.text !== '') heard?.(said.text);
    return said;
  }
}

function failureOf(error: unknown, model: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'CORTEX_FAILED') return error;
  return modelRefusal(model, Number(error.details.extensions?.['cortexStatus'] ?? 0), error.message, error.details);
}

import { Injectable } from '@nestjs/common';
import { type ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ModelReply, ModelRequest } from '@snowflow/nodes/kit/model-calls';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { untilAborted } from '../execution/until-aborted';
import type { RunRow } from '../runs/runs.repository';
import { chatBody, chatReply } from './chat-format';
import { modelRefusal } from './model-refusal';
import { ModelSource } from './model-source';

const TIMEOUT_MS = 50_000;

/** Models of the account, asked with the session of who runs the workflow, in the run's pinned context. */
@Injectable()
export class CortexModels extends ModelSource {
  constructor(@InjectClient(connectionsContract) private readonly connections: ConnectionsClient) {
    super();
  }

  async chat(
    run: RunRow,
    request: ModelRequest,
    signal: AbortSignal,
    heard?: (piece: string) => void,
  ): Promise<ModelReply> {
    const body = chatBody(request, 'max_completion_tokens');
    const asked = { service: 'chat' as const, body, context: run.context, timeoutMs: TIMEOUT_MS, runId: run.id };
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

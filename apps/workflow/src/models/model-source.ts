import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { ModelReply, ModelRequest } from '@snowflow/nodes/kit/model-calls';

/** As whom a model is asked: the person of the present request, under a context. */
export interface Asking {
  context: PinnedContext;
  /** The run that holds the session open, where one does. */
  runId?: string;
}

/** Where models are asked. */
export abstract class ModelSource {
  /** Asks once, as the present person; `heard` gets the text, piece by piece where it comes so. Throws MODEL_UNKNOWN, MODEL_FAILED, CONTEXT_NOT_HONOURED. */
  abstract chat(
    asking: Asking,
    request: ModelRequest,
    signal: AbortSignal,
    heard?: (piece: string) => void,
  ): Promise<ModelReply>;
}

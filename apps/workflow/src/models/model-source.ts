import type { ModelReply, ModelRequest } from '@snowflow/nodes/kit/model-calls';
import type { RunRow } from '../runs/runs.repository';

/** Where models are asked. */
export abstract class ModelSource {
  /** Asks once, as who runs the workflow; `heard` gets the text, piece by piece where it comes so. Throws MODEL_UNKNOWN, MODEL_FAILED, CONTEXT_NOT_HONOURED. */
  abstract chat(
    run: RunRow,
    request: ModelRequest,
    signal: AbortSignal,
    heard?: (piece: string) => void,
  ): Promise<ModelReply>;
}

import type { ModelReply, ModelRequest } from '@snowflow/nodes/kit/model-calls';
import type { RunRow } from '../runs/runs.repository';

/** Where models are asked. */
export abstract class ModelSource {
  /** Asks once, as who runs the workflow. Throws MODEL_UNKNOWN, MODEL_FAILED, CONTEXT_NOT_HONOURED. */
  abstract chat(run: RunRow, request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}

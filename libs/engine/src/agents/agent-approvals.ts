import type { Decision } from '@snowflow/nodes/kit/action-node';
import type { ToolInput } from './agent-tool';

/** A call that a person is asked about. */
export interface AskedCall {
  tool: string;
  input: ToolInput;
  /** Why a person is asked. */
  why: string;
}

/** People who decide on calls of tools. */
export abstract class AgentApprovals {
  abstract decision(place: string): Promise<Decision | undefined>;
  /** Resolves once the question is where people find it. */
  abstract ask(place: string, call: AskedCall): Promise<void>;
}

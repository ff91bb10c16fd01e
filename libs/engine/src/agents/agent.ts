import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { AgentLimits } from './agent-limits';
import type { AgentTool } from './agent-tool';

/** An agent as it is run: who it is, what it may call and what it may not pass. */
export interface Agent {
  /** As errors call it. */
  name: string;
  model: string;
  instructions: string;
  tools: readonly AgentTool[];
  /** Calls of one reply at once. */
  parallel: number;
  limits: AgentLimits;
  temperature?: number;
  /** Tokens of one reply. */
  maxReplyTokens: number;
  /** A JSON schema that the answer has to have. */
  responseSchema?: { [key: string]: StepValue };
  /** Words that neither a question nor an answer may hold. */
  blockedTopics: readonly string[];
  /** What was said before in the conversation, the oldest first. */
  earlier?: readonly EarlierTurn[];
  /** Hosts whose addresses may stand in an answer. */
  linkHosts: readonly string[];
}

/** A question and its answer, earlier in the same conversation. */
export interface EarlierTurn {
  question: string;
  answer: string;
}

/** What an agent came to. */
export interface AgentAnswer {
  /** A text or, with a schema, what the schema asks for. */
  answer: StepValue;
  steps: number;
  calls: number;
  tokens: number;
  /** Of addresses that were taken out of it. */
  removedLinks: string[];
}

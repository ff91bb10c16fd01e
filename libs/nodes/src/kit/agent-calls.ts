import type { AgentSetup, DelegateSetup } from './agent-fields';
import type { StepValue } from './step-value';

/** A question to an agent. */
export interface AgentQuestion {
  question: string;
  /** It may hold data of Snowflake, as anything does that an earlier node gave. */
  holdsData: boolean;
  /** The conversation that it goes on with: so many earlier questions and answers are remembered, of a saved workflow. */
  thread?: { name: string; turns: number };
}

/** What an agent came to. */
export interface AgentReply {
  /** A text or, with a schema, what the schema asks for. */
  answer: StepValue;
  steps: number;
  calls: number;
  tokens: number;
  /** Hosts of addresses that were taken out of the answer. */
  removedLinks: string[];
}

/**
 * Runs agents inside the run, as who runs it. Each call of a model or tool is kept before the next begins, so that a step which runs again
 * goes on where it was. What a person has to decide lets the step wait. Throws AppError: AGENT_LIMIT, AGENT_BLOCKED, AGENT_ANSWER_INVALID.
 */
export abstract class AgentCalls {
  /** `delegates`: agents that it hands tasks to, instead of having tools of its own. */
  abstract ask(setup: AgentSetup, asked: AgentQuestion, delegates?: readonly DelegateSetup[]): Promise<AgentReply>;
}

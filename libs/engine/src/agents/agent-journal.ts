import type { AgentStep } from './agent-step';

/** Where the steps of one agent rest: whoever runs it again finds there what was done. */
export abstract class AgentJournal {
  abstract find(place: string): AgentStep | undefined;
  abstract all(): readonly AgentStep[];
  /** Puts a step in the place of what was there before. Resolves once that is durable. */
  abstract write(step: AgentStep): Promise<void>;
}

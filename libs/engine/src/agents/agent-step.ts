import type { AgentStepKind, AgentStepState } from '@snowflow/contracts/workflow/agent-trace.dto';
import type { StepValue } from '@snowflow/nodes/kit/step-value';

/** One step of an agent: its trace, and what it goes on from after a crash. */
export interface AgentStep {
  /** `m1`, `m1/t2`, and below a delegation `m1/t2/m1`: what an agent does at a place does not change when it is run again. */
  place: string;
  kind: AgentStepKind;
  /** The model, the tool, the agent or the guard. */
  name: string;
  state: AgentStepState;
  startedAt: Date;
  endedAt: Date | null;
  tokens: { input: number; output: number } | null;
  /** What it answered may be data of Snowflake. */
  reads: boolean;
  /** What went in and what came out; only for who may see values of the run. */
  asked: StepValue;
  answered: StepValue;
}

/** The step that a step is part of; none of one that the node's own agent takes. */
export function parentOf(place: string): string | null {
  const end = place.lastIndexOf('/');
  return end < 0 ? null : place.slice(0, end);
}

/** Its end was seen, so it is not done again. */
export const isSettled = ({ state }: AgentStep): boolean => state !== 'running' && state !== 'waiting';

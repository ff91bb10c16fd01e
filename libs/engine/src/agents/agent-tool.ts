import type { AgentStepKind } from '@snowflow/contracts/workflow/agent-trace.dto';
import type { OfferedTool } from '@snowflow/nodes/kit/model-calls';
import type { StepValue } from '@snowflow/nodes/kit/step-value';

/** What a tool is called with, its arguments parsed by its schema. */
export interface ToolInput {
  [name: string]: StepValue;
}

/** Where and for how long a call is made. */
export interface CallSite {
  /** Among all steps of the agent; what the tool keeps of its own it keeps under it. */
  place: string;
  /** Data of Snowflake was read before, and no person has let this very call go. */
  carriesData: boolean;
  signal: AbortSignal;
}

/** Something that an agent's model may ask for. */
export interface AgentTool extends OfferedTool {
  kind: Extract<AgentStepKind, 'tool' | 'delegation'>;
  /** What it is called with leaves the tenant. */
  leaves: boolean;
  /** Whether a rule of the tenant lets such a call leave though data was read; without it, none does. */
  mayLeave?(input: ToolInput): Promise<boolean>;
  /** What it answers may be data of Snowflake. */
  reads: boolean;
  /** A person decides on each of its calls. */
  needsApproval: boolean;
  /** A call whose end nobody saw may be made again. */
  repeatable: boolean;
  call(input: ToolInput, site: CallSite): Promise<StepValue>;
}

import type { ModelCalls } from '@snowflow/nodes/kit/model-calls';
import type { AgentApprovals } from './agent-approvals';
import type { AgentJournal } from './agent-journal';
import type { AgentSpending } from './agent-spending';
import type { DataRead } from './data-read';

/** What an agent acts in; its delegations share all of it but the spending. */
export interface AgentScene {
  models: ModelCalls;
  journal: AgentJournal;
  approvals: AgentApprovals;
  spending: AgentSpending;
  dataRead: DataRead;
  /** Aborted with the run, and where the agent's time is over. */
  signal: AbortSignal;
  now(): Date;
  /** Gets the text of each reply while it comes, and the place of the reply. */
  heard?(piece: string, place: string): void;
}

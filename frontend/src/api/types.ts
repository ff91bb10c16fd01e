import type { Problem } from '@snowflow/contracts/documents/problem';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { NodeStatus, RunStatus } from '@snowflow/contracts/runs/run-state';
import type { components } from './generated/schema';

type Schemas = components['schemas'];
/** OpenAPI says `string` or `object` where our own types know more. */
type Narrowed<Base, Known> = Omit<Base, keyof Known> & Known;

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export type ConnectBody = Schemas['ConnectRequest'];
export type Session = Schemas['SessionView'];
export type Me = Schemas['MeView'];
export type SignInOptions = Schemas['SignInOptions'];
export type ConnectionTest = Schemas['ConnectionTest'];
export type Saved = Schemas['SavedView'];
export type PlanStep = Schemas['PlanStepView'];
export type RunError = Schemas['RunErrorView'];
export type NodeRun = Narrowed<Schemas['NodeRunView'], { status: NodeStatus }>;
export type Run = Narrowed<Schemas['RunView'], { status: RunStatus; nodes: Record<string, NodeRun> }>;
/** What of a workflow is run: all of it, its first rows only, what a node needs, or a node and what is behind it. */
export type RunMode = NonNullable<Schemas['RunRequest']['mode']>;
export type AgentStep = Schemas['AgentStepView'];
export type RunSummary = Narrowed<Schemas['RunSummaryView'], { status: RunStatus }>;
export type Workflow = Narrowed<Schemas['WorkflowView'], { definition: WorkflowDocument }>;
export type Validation = Narrowed<Schemas['ValidateReply'], { problems: Problem[] }>;
export type DeployBody = Schemas['DeployBody'];
export type DeployRights = Schemas['DeployRightsView'];
export type DeployPreview = Narrowed<Schemas['DeployPreview'], { problems: Problem[] }>;
export type Deployed = Schemas['DeployedView'];
export type WorkflowSummary = Narrowed<
  Schemas['WorkflowSummaryView'],
  { lastRun: Narrowed<Schemas['LastRunView'], { status: RunStatus }> | null }
>;

/** One event of GET /runs/:id/events. */
export interface RunEvent {
  type: string;
  data: { seq: number; at: string; runId: string; nodeId?: string; node?: NodeRun };
}

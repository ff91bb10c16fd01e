import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import type { Plan } from '@snowflow/engine/plan/plan';

/** A workflow that a node calls, planned together with the workflow that the node is in: what is saved meanwhile does not reach the run. */
export interface PinnedWorkflow {
  workflowId: string;
  revision: number;
  name: string;
  plan: Plan;
  parameters: WorkflowParameter[];
  children: PinnedWorkflows;
}

/** The workflows that the nodes of a plan call: by node id, those that are tools of an agent by `<node>/<workflow>-<revision>`. */
export type PinnedWorkflows = Readonly<Record<string, PinnedWorkflow>>;

import { answer, client } from './client';
import type { components } from './generated/schema';

export type Approval = components['schemas']['ApprovalView'];
export type ApprovalField = components['schemas']['ApprovalField'];
export type Decision = components['schemas']['DecisionBody'];

/** What waits for the signed-in person, the oldest first. */
export const fetchApprovals = async (signal: AbortSignal): Promise<Approval[]> =>
  (await answer(client.GET('/api/v1/approvals', { signal }))).items;

export const decideApproval = ({ runId, nodeId }: Pick<Approval, 'runId' | 'nodeId'>, body: Decision) =>
  answer(client.POST('/api/v1/runs/{id}/approvals/{nodeId}', { params: { path: { id: runId, nodeId } }, body }));

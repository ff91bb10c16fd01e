import { answer, client } from './client';
import type { components } from './generated/schema';
import type { Page } from './types';

export type Approval = components['schemas']['ApprovalView'];
export type ApprovalField = components['schemas']['ApprovalField'];
export type Decision = components['schemas']['DecisionBody'];

const MOST_SHOWN = 500;

/** What waits for the signed-in person, the oldest first: as many as somebody can look through. */
export async function fetchApprovals(signal: AbortSignal): Promise<Approval[]> {
  const items: Approval[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor === null ? {} : { cursor }) };
    const page: Page<Approval> = await answer(client.GET('/api/v1/approvals', { params: { query }, signal }));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < MOST_SHOWN);
  return items;
}

export const decideApproval = ({ runId, nodeId }: Pick<Approval, 'runId' | 'nodeId'>, body: Decision) =>
  answer(client.POST('/api/v1/runs/{id}/approvals/{nodeId}', { params: { path: { id: runId, nodeId } }, body }));

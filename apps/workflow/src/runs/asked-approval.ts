import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { ApprovalView } from '@snowflow/contracts/workflow/approvals.dto';
import type { ApprovalDetail } from '@snowflow/nodes/logic-approval/logic-approval.step';
import type { PageEnd } from '../database/page-cursor';
import type { Approval } from './approvals.repository';
import { runBinding } from './sealed-run';

/** An approval with what its node asks. */
export interface Asked {
  approval: Approval;
  detail: ApprovalDetail;
}

/** What its node asks; undefined until that is written. */
export function detailOf(
  sealer: Sealer,
  { tenant_id: tenantId, sealed_detail: sealed }: Approval,
): ApprovalDetail | undefined {
  return sealed === null ? undefined : (JSON.parse(sealer.open(sealed, runBinding(tenantId))) as ApprovalDetail);
}

/** Whom its workflow names, by user or by the role they have now; who runs it only where it says so. */
export function mayDecide(
  { userId, username, context }: SessionRecord,
  run: Approval,
  detail: ApprovalDetail,
): boolean {
  if (run.owner_id === userId && !detail.allowRunner) return false;
  const asUser = detail.approvers.some((name) => name.startsWith('user:') && name.slice(5) === username);
  const asRole = context.role !== null && detail.approvers.includes(`role:${context.role}`);
  return asUser || asRole;
}

export const endOf = ({ began_at: at, run_id: runId, step }: Approval): PageEnd => ({ at, id: `${runId}/${step}` });

/** As it is shown to whom may decide. */
export function approvalViewOf({ approval, detail: { message, show, form } }: Asked): ApprovalView {
  return {
    runId: approval.run_id,
    nodeId: approval.step,
    workflowName: approval.workflow_name,
    runner: approval.runner,
    message,
    show,
    form,
    waitingSince: approval.began_at.toISOString(),
    until: approval.until?.toISOString() ?? null,
  };
}

import { Inject, Injectable } from '@nestjs/common';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { TowerApprovalView } from '@snowflow/contracts/workflow/tower.dto';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import { type Approval, ApprovalsRepository } from '../runs/approvals.repository';
import { approvalViewOf, detailOf, endOf, mayDecide } from '../runs/asked-approval';
import { SEALER } from '../sealer';
import { CurrentSession } from '../validation/current-session';

/** All that waits for a decision in a tenant. Being an admin makes nobody an approver, and shows nobody what is asked. */
@Injectable()
export class TowerApprovalsService {
  constructor(
    private readonly session: CurrentSession,
    private readonly approvals: ApprovalsRepository,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  async list({ limit = DEFAULT_PAGE_SIZE, cursor }: PageQuery): Promise<Page<TowerApprovalView>> {
    const session = await this.session.requireAdmin('see what waits for whose decision');
    const open = await this.approvals.open(session.tenantId, parseCursor(cursor), limit + 1);
    return pageOf(open, limit, endOf, (approval) => this.viewOf(session, approval));
  }

  private viewOf(session: SessionRecord, approval: Approval): TowerApprovalView {
    const detail = detailOf(this.sealer, approval);
    return {
      runId: approval.run_id,
      nodeId: approval.step,
      workflowName: approval.workflow_name,
      runner: approval.runner,
      approvers: detail?.approvers ?? [],
      waitingSince: approval.began_at.toISOString(),
      until: approval.until?.toISOString() ?? null,
      yours: detail && mayDecide(session, approval, detail) ? approvalViewOf({ approval, detail }) : null,
    };
  }
}

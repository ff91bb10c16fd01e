import { Inject, Injectable } from '@nestjs/common';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { ApprovalView, DecisionRequest } from '@snowflow/contracts/workflow/approvals.dto';
import type { ApprovalDetail } from '@snowflow/nodes/logic-approval/logic-approval.step';
import { ChangeLog } from '../audit/change-log';
import { RunWaker } from '../queue/run-waker';
import { SEALER } from '../sealer';
import { CurrentSession } from '../validation/current-session';
import { runNotFound } from '../database/not-found';
import { DEFAULT_PAGE_SIZE, type PageEnd, pageOf, parseCursor } from '../database/page-cursor';
import { ApprovalsRepository } from './approvals.repository';
import { approvalViewOf, type Asked, detailOf, endOf, mayDecide } from './asked-approval';
import { formValues } from './form-values';
import { sealDecision } from './sealed-decision';

/** How many of the tenant's are read at once. */
const BATCH = 500;

/** Approvals that runs of the tenant wait for: each is shown to, and decided by, whom its workflow names. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly approvals: ApprovalsRepository,
    private readonly session: CurrentSession,
    private readonly waker: RunWaker,
    @Inject(SEALER) private readonly sealer: Sealer,
    private readonly changes: ChangeLog,
  ) {}

  async list({ limit = DEFAULT_PAGE_SIZE, cursor }: PageQuery): Promise<Page<ApprovalView>> {
    const after = parseCursor(cursor);
    const session = await this.session.require();
    const mine = await this.ofPerson(session, after, limit + 1);
    return pageOf(mine, limit, ({ approval }) => endOf(approval), approvalViewOf);
  }

  /** The first decision holds; after it the run goes on as who started it. */
  async decide(request: DecisionRequest): Promise<Done> {
    const session = await this.session.require();
    const { tenantId, username } = session;
    const approval = await this.approvals.find(tenantId, request.id, request.nodeId);
    const detail = approval && detailOf(this.sealer, approval);
    // Who may not decide learns nothing, the runner of the run excepted, who sees it anyway.
    if (!approval || !detail || !mayDecide(session, approval, detail)) {
      if (approval?.owner_id === session.userId) throw notYours();
      throw runNotFound();
    }
    if (!approval.is_open) throw decidedAlready();
    const form = request.decision === 'approve' ? checkedForm(detail, request.form) : {};
    const sealed = sealDecision(this.sealer, tenantId, { comment: request.comment, form });
    const decision = { decision: request.decision, decidedBy: username, sealed };
    const note = this.changes.note(session, {
      action: 'approval.decided',
      object: { kind: 'run', id: request.id, name: approval.workflow_name ?? '' },
      after: { decision: request.decision, step: request.nodeId, runner: approval.runner },
    });
    if (!(await this.approvals.decide(tenantId, request.id, request.nodeId, decision, note))) throw decidedAlready();
    this.waker.tellNews(request.id);
    return { done: true };
  }

  /** Who may decide is sealed, so the tenant's are looked through until there are enough that the person may decide. */
  private async ofPerson(session: SessionRecord, after: PageEnd | undefined, enough: number): Promise<Asked[]> {
    const mine: Asked[] = [];
    for (let end = after; ;) {
      const batch = await this.approvals.open(session.tenantId, end, BATCH);
      for (const approval of batch) {
        const detail = detailOf(this.sealer, approval);
        if (detail && mayDecide(session, approval, detail)) mine.push({ approval, detail });
      }
      const last = batch.at(-1);
      if (!last || batch.length < BATCH || mine.length >= enough) return mine.slice(0, enough);
      end = endOf(last);
    }
  }
}

function checkedForm({ form }: ApprovalDetail, given: Record<string, unknown> = {}) {
  const errors: FieldError[] = [];
  const values = formValues(form, given, errors);
  if (errors.length === 0) return values;
  throw new AppError('VALIDATION', 'The form of the approval is not filled in right.', { errors });
}

function notYours(): AppError {
  return new AppError('FORBIDDEN', 'You run this workflow, so somebody else decides. Its approval names who may.');
}

function decidedAlready(): AppError {
  return new AppError('APPROVAL_DECIDED', 'Somebody has decided already, or the run does not wait here any more.');
}

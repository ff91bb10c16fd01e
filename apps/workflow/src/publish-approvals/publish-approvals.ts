import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import type { Kysely } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import { PublishRequestsRepository } from './publish-requests.repository';

/** Whether a tenant wants another owner or admin to agree before a revision is published, and whether one did. */
@Injectable()
export class PublishApprovals {
  constructor(
    private readonly policies: PoliciesInForce,
    private readonly requests: PublishRequestsRepository,
  ) {}

  /** Throws POLICY_DENIED where somebody still has to agree, or last said no. */
  async assertApproved(
    db: Kysely<WorkflowDatabase>,
    tenantId: string,
    { workflowId, revision }: { workflowId: string; revision: number },
  ): Promise<void> {
    if (!(await this.policies.of(tenantId)).publishApproval) return;
    const decision = await this.requests.lastDecision(db, workflowId, revision);
    if (decision === 'approve') return;
    const message =
      decision === 'reject'
        ? `Publishing revision ${revision} was turned down. Change the workflow and ask again.`
        : `In this tenant an owner or admin other than the author agrees before a workflow is published. Ask for revision ${revision}, then publish it.`;
    throw new AppError('POLICY_DENIED', message, { extensions: { policy: 'publishApproval' } });
  }
}

import { Injectable } from '@nestjs/common';
import { type AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { parametersOf } from '../runs/run-parameters';
import { PinnedRevisionsRepository } from '../unattended/pinned-revisions.repository';

/** What a schedule is to run: a revision, by a credential that is approved for it. */
export interface ScheduledRight {
  tenantId: string;
  workflowId: string;
  revision: number;
  credentialId: string;
  role: string;
  warehouse: string | null;
  parameters: Record<string, unknown>;
}

/** Whether what a schedule is to run can be run, as far as that shows beforehand. */
@Injectable()
export class ScheduleRights {
  constructor(
    private readonly revisions: PinnedRevisionsRepository,
    @InjectClient(authContract) private readonly auth: AuthClient,
  ) {}

  /** Throws VALIDATION naming what is not right. */
  async check({ tenantId, workflowId, revision, credentialId, role, warehouse, parameters }: ScheduledRight) {
    const pinned = await this.revisions.find(tenantId, workflowId, revision);
    if (!pinned) throw wrong('revision', `The workflow has no revision ${revision}`);
    parametersOf(pinned.document.parameters ?? [], parameters);
    const credential = (await this.auth.credentials({})).items.find(({ id }) => id === credentialId);
    if (!credential) throw wrong('credentialId', 'There is no such stored credential');
    if (credential.state !== 'active') throw wrong('credentialId', `"${credential.name}" is suspended`);
    const isApproved = credential.bindings.some(
      (one) =>
        one.state === 'approved' &&
        one.workflowId === workflowId &&
        one.revisionHash === pinned.hash &&
        one.role === role &&
        one.warehouse === warehouse,
    );
    if (isApproved) return;
    const what = `revision ${revision}, the role ${role} and ${warehouse === null ? 'no warehouse' : `the warehouse ${warehouse}`}`;
    throw wrong(
      'credentialId',
      `"${credential.name}" is not approved for ${what}. Its owner approves that in Settings`,
    );
  }
}

function wrong(path: string, message: string): AppError {
  return new AppError('VALIDATION', `The schedule is not right: ${message}.`, { errors: [{ path, message }] });
}

import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { changedFields } from '@snowflow/platform/audit/changed-fields';
import { currentPerson } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import { Caller } from '../members/caller';
import { cleanPolicies } from './clean-policies';
import { PoliciesRepository } from './policies.repository';

/** What owners and admins let their tenant's workflows use. */
@Injectable()
export class PoliciesService {
  constructor(
    private readonly caller: Caller,
    private readonly policies: PoliciesRepository,
    private readonly store: TenantPoliciesStore,
    private readonly changes: ChangeLog,
  ) {}

  async find(): Promise<TenantPolicies> {
    const { tenantId } = await this.caller.admin('see its policies');
    return this.policies.find(tenantId);
  }

  /** Whoever asks because the copy was gone leaves one. */
  async inForce(): Promise<TenantPolicies> {
    const { tenantId } = currentPerson();
    const policies = await this.policies.find(tenantId);
    await this.store.save(tenantId, policies);
    return policies;
  }

  /** They hold at once: for what is being edited, for runs that start, and for the next statement of those under way. */
  async save(wanted: TenantPolicies): Promise<TenantPolicies> {
    const asking = await this.caller.admin('change its policies');
    const { tenantId, userId } = asking;
    const policies = cleanPolicies(wanted);
    const after = { ...policies, version: policies.version + 1 };
    const note = this.changes.note(asking, {
      action: 'policy.changed',
      object: { kind: 'policy', id: tenantId, name: 'Policies' },
      // Saved over the version that was read only: what is read here is what it was then, or nothing is saved.
      ...changedFields(await this.policies.find(tenantId), after),
    });
    if (!(await this.policies.save(tenantId, policies, userId, note))) {
      throw new AppError(
        'REVISION_CONFLICT',
        'Somebody else has changed the policies meanwhile. Read them again first.',
      );
    }
    await this.store.save(tenantId, after);
    return after;
  }
}

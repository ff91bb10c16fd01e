import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { currentPerson } from '@snowflow/transport/request-scope';
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
    const { tenantId, userId } = await this.caller.admin('change its policies');
    const policies = cleanPolicies(wanted);
    if (!(await this.policies.save(tenantId, policies, userId))) {
      throw new AppError(
        'REVISION_CONFLICT',
        'Somebody else has changed the policies meanwhile. Read them again first.',
      );
    }
    const saved = { ...policies, version: policies.version + 1 };
    await this.store.save(tenantId, saved);
    return saved;
  }
}

import { Injectable } from '@nestjs/common';
import type { SavePoliciesRequest } from '@snowflow/contracts/auth/policies.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { changedFields } from '@snowflow/platform/audit/changed-fields';
import { currentPerson } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import { Caller } from '../members/caller';
import { PeopleRepository } from '../people/people.repository';
import { cleanPolicies } from './clean-policies';
import { PoliciesRepository } from './policies.repository';

/** What owners and admins let their tenant's workflows use. */
@Injectable()
export class PoliciesService {
  constructor(
    private readonly caller: Caller,
    private readonly policies: PoliciesRepository,
    private readonly store: TenantPoliciesStore,
    private readonly people: PeopleRepository,
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
  async save(wanted: SavePoliciesRequest): Promise<TenantPolicies> {
    const asking = await this.caller.admin('change its policies');
    const { tenantId, userId } = asking;
    const policies = cleanPolicies(wanted);
    if (policies.publishApproval) await this.requireSomebodyElse(tenantId, userId);
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

  /** Where nobody else could agree, nobody could publish any more. */
  private async requireSomebodyElse(tenantId: string, userId: string): Promise<void> {
    const others = (await this.people.list(tenantId)).filter(
      ({ id, state, app_role: role }) => id !== userId && state === 'active' && (role === 'owner' || role === 'admin'),
    );
    if (others.length > 0) return;
    const message =
      'You are the only owner or admin, so nobody could agree to what you publish. Make somebody an admin first.';
    throw new AppError('VALIDATION', `The policies were not saved. ${message}`, {
      errors: [{ path: 'publishApproval', message }],
    });
  }
}

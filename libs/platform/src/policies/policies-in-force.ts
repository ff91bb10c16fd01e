import type { AuthClient } from '@snowflow/contracts/auth/auth.contract';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import type { TenantPoliciesStore } from './tenant-policies-store';

/** The policies of the tenant that the present request is of. A copy that is gone or does not come is asked for again: nothing goes on without. */
export class PoliciesInForce {
  constructor(
    private readonly store: Pick<TenantPoliciesStore, 'find'>,
    private readonly auth: Pick<AuthClient, 'policiesInForce'>,
  ) {}

  /** Throws UNAVAILABLE or DEADLINE_EXCEEDED where auth does not answer either. */
  async of(tenantId: string): Promise<TenantPolicies> {
    return (await this.store.find(tenantId).catch(() => undefined)) ?? this.auth.policiesInForce({});
  }
}

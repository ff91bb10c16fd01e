import type { AuthClient } from '@snowflow/contracts/auth/auth.contract';
import { policiesFor, type TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import type { AppRole } from '@snowflow/contracts/sessions/session-record';
import { answeredWithin } from '../redis/answered-within';
import type { TenantPoliciesStore } from './tenant-policies-store';

/** The policies of the tenant that the present request is of. A copy that is gone or does not come is asked for again: nothing goes on without. */
export class PoliciesInForce {
  constructor(
    private readonly store: Pick<TenantPoliciesStore, 'find'>,
    private readonly auth: Pick<AuthClient, 'policiesInForce'>,
    /** Of who asks; undefined where they are not signed in any more. */
    private readonly appRole: () => Promise<AppRole | undefined>,
  ) {}

  /** As they hold for the app role of who asks. Throws UNAVAILABLE or DEADLINE_EXCEEDED where auth does not answer either. */
  async of(tenantId: string): Promise<TenantPolicies> {
    const policies = (await this.store.find(tenantId).catch(() => undefined)) ?? (await this.auth.policiesInForce({}));
    return policies.byRole.length === 0 ? policies : policiesFor(policies, await this.roleNow());
  }

  /** Whoever is no longer signed in, as the person of a run that goes on, counts as the least of those who may run. */
  private async roleNow(): Promise<AppRole> {
    return (await answeredWithin(this.appRole()).catch(() => undefined)) ?? 'builder';
  }
}

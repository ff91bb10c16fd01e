import { setTimeout as delay } from 'node:timers/promises';
import type { AuthClient } from '@snowflow/contracts/auth/auth.contract';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import type { TenantPoliciesStore } from './tenant-policies-store';

/** A worker's Redis connection waits for a silent Redis without end; a step that asks what is allowed must not. */
const COPY_MS = 2_000;

/** The policies of the tenant that the present request is of. A copy that is gone or does not come is asked for again: nothing goes on without. */
export class PoliciesInForce {
  constructor(
    private readonly store: Pick<TenantPoliciesStore, 'find'>,
    private readonly auth: Pick<AuthClient, 'policiesInForce'>,
  ) {}

  /** Throws UNAVAILABLE or DEADLINE_EXCEEDED where auth does not answer either. */
  async of(tenantId: string): Promise<TenantPolicies> {
    return (await this.copyOf(tenantId)) ?? this.auth.policiesInForce({});
  }

  private async copyOf(tenantId: string): Promise<TenantPolicies | undefined> {
    const patience = new AbortController();
    const found = this.store.find(tenantId).catch(() => undefined);
    try {
      return await Promise.race([found, delay(COPY_MS, undefined, { signal: patience.signal })]);
    } finally {
      patience.abort();
    }
  }
}

import { AppError } from '@snowflow/contracts/errors/app-error';
import type { TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import type { TenantLimitsStore } from './tenant-limits-store';

/** What tenants may use. A copy that is gone is asked for again: nothing goes on as if the tenant had decided nothing. */
export class LimitsInForce {
  constructor(
    private readonly store: Pick<TenantLimitsStore, 'find'>,
    /** Asks auth, which leaves a copy. */
    private readonly ask: (tenantId: string) => Promise<TenantLimits>,
  ) {}

  /** Throws where Redis does not answer, and UNAVAILABLE where it has no copy and auth, whatever ails it, does not say either. */
  async of(tenantId: string): Promise<TenantLimits> {
    const copy = await this.store.find(tenantId);
    return copy ?? (await this.ask(tenantId).catch(unknown));
  }
}

function unknown(cause: unknown): never {
  const message = 'What your organization may use could not be read. Try again in a moment.';
  throw new AppError('UNAVAILABLE', message, { retryAfterSeconds: 1 }, { cause });
}

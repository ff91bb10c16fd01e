import { Injectable } from '@nestjs/common';
import type { TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import { LimitsInForce } from './limits-in-force';

/** A changed limit holds within this time. */
const FRESH_MS = 5_000;
const MOST_TENANTS = 5_000;

/** The limits of the tenants that this process serves, asked for again every few seconds. */
@Injectable()
export class KnownLimits {
  private readonly known = new Map<string, { limits: Promise<TenantLimits>; atMs: number }>();

  constructor(private readonly inForce: LimitsInForce) {}

  of(tenantId: string): Promise<TenantLimits> {
    const known = this.known.get(tenantId);
    if (known && Date.now() - known.atMs < FRESH_MS) return known.limits;
    const limits = this.inForce.of(tenantId).catch((error: unknown) => {
      // What was true a moment ago serves until somebody answers again.
      if (known) return known.limits;
      this.known.delete(tenantId);
      throw error;
    });
    this.known.delete(tenantId);
    this.known.set(tenantId, { limits, atMs: Date.now() });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MOST_TENANTS) break;
      this.known.delete(oldest);
    }
    return limits;
  }

  /** Tenants asked for lately. */
  tenants(sinceMs: number): string[] {
    return [...this.known].filter(([, { atMs }]) => atMs >= sinceMs).map(([tenantId]) => tenantId);
  }
}

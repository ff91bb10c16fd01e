import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KnownLimits } from '@snowflow/platform/sessions/known-limits';

/** How many runs may be under way at once in a tenant, of one workflow and on one warehouse. */
export interface RunPlaces {
  perTenant: number;
  perWorkflow: number;
  perWarehouse: number;
}

/** The places of runs: what the tenant decided, or else what the installation gives. */
@Injectable()
export class RunPlacesOfTenants {
  constructor(
    private readonly limits: KnownLimits,
    private readonly installation: RunPlaces,
  ) {}

  async of(tenantId: string): Promise<RunPlaces> {
    const own = await this.limits.of(tenantId);
    return {
      perTenant: own.runsPerTenant ?? this.installation.perTenant,
      perWorkflow: own.runsPerWorkflow ?? this.installation.perWorkflow,
      perWarehouse: own.runsPerWarehouse ?? this.installation.perWarehouse,
    };
  }
}

/** A warehouse as the queue knows it: the queue is nobody's, so it holds no name of anything. */
export function warehouseKey(tenantId: string, warehouse: string | null): string {
  if (warehouse === null) return '';
  return createHash('sha256').update(`${tenantId}|${warehouse}`).digest('base64url').slice(0, 22);
}

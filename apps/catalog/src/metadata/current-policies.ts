import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Denial } from '@snowflow/contracts/policies/policy-rules';
import { POLICY_NAMES, type TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import { currentPerson } from '@snowflow/transport/request-scope';

/** What the tenant of the present request allows. */
@Injectable()
export class CurrentPolicies {
  constructor(private readonly policies: PoliciesInForce) {}

  read(): Promise<TenantPolicies> {
    return this.policies.of(currentPerson().tenantId);
  }
}

/** The denial that an error tells of. */
export function denialOf(error: unknown): Denial | undefined {
  if (!(error instanceof AppError) || error.code !== 'POLICY_DENIED') return undefined;
  const policy = POLICY_NAMES.find((one) => one === error.details.extensions?.['policy']);
  return policy && { policy, message: error.message };
}

import { AppError } from '../errors/app-error';
import type { Denial } from './policy-rules';

/** Throws POLICY_DENIED, naming the policy, where there is a denial. */
export function refuse(denial: Denial | undefined): void {
  if (denial) throw new AppError('POLICY_DENIED', denial.message, { extensions: { policy: denial.policy } });
}

import { OneOf, Text } from '../dto/fields';
import type { Denial } from './policy-rules';
import { POLICY_NAMES, type PolicyName } from './tenant-policies';

/** The policy of the tenant that does not allow something. */
export class DeniedView implements Denial {
  @OneOf(POLICY_NAMES) policy: PolicyName;
  @Text({ max: 1_000 }) message: string;
}

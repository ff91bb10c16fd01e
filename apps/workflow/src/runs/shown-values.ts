import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { NodeRunView } from '@snowflow/contracts/workflow/workflow.dto';
import { decidedSteps, type StoredOutcome } from '../execution/sealed-outcome';

/** A larger value stays where it rests: pages show what a person can look at. */
const MOST_BYTES = 65_536;

type ShownValue = Pick<NodeRunView, 'value' | 'valueBytes'>;

/** The values that steps gave, unsealed for who ran them, by the node that ends the step; of one that is too large only how large. */
export function shownValues(
  sealer: Sealer,
  tenantId: string,
  stored: readonly StoredOutcome[],
): Map<string, ShownValue> {
  const { outcomes } = decidedSteps(sealer, tenantId, stored);
  return new Map(
    Object.entries(outcomes).flatMap(([step, { value }]): [string, ShownValue][] => {
      if (value === undefined) return [];
      const valueBytes = Buffer.byteLength(JSON.stringify(value));
      return [[step, valueBytes > MOST_BYTES ? { valueBytes } : { value, valueBytes }]];
    }),
  );
}

import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { Decision } from '@snowflow/nodes/kit/action-node';
import type { WaitRow } from '../execution/waits.repository';
import { runBinding } from './sealed-run';

type Said = Pick<Decision, 'comment' | 'form'>;

/** What somebody said beside their decision, as it rests. */
export function sealDecision(sealer: Sealer, tenantId: string, said: Said): string {
  return sealer.seal(JSON.stringify(said), runBinding(tenantId));
}

/** The decision on a wait; undefined as long as there is none. */
export function openDecision(sealer: Sealer, wait: WaitRow): Decision | undefined {
  const { decision, decided_by: by, sealed_decision: sealed } = wait;
  if (decision === null || by === null || sealed === null) return undefined;
  return { decision, by, ...(JSON.parse(sealer.open(sealed, runBinding(wait.tenant_id))) as Said) };
}

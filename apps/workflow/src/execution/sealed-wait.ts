import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { StepWait } from '@snowflow/engine/run/step-paused';
import { runBinding } from '../runs/sealed-run';
import type { WaitChange } from './run-record.repository';

/** What a step waits for, as it rests. */
export function sealedWait(
  sealer: Sealer,
  tenantId: string,
  step: string,
  { for: waitFor, until, detail, since }: StepWait,
): WaitChange {
  const sealed = detail === undefined ? null : sealer.seal(JSON.stringify(detail), runBinding(tenantId));
  return { step, wait_for: waitFor, until: until ?? null, sealed_detail: sealed, began_at: since ?? new Date() };
}

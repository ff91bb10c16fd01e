import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { DecidedSteps } from '@snowflow/engine/run/flow-result';
import type { StepOutcome } from '@snowflow/engine/run/step-outcome';
import { runBinding } from '../runs/sealed-run';
import type { SealedFailure } from './sealed-failure';

/** A step's end as it rests. `failed` ends the run with it; every other state lets it go on. */
export interface StoredOutcome {
  step: string;
  state: StepOutcome['state'] | 'failed';
  sealed_outcome: string;
}

/** A failure that an earlier worker stored. */
export class FailedBefore extends Error {
  constructor(readonly failure: SealedFailure) {
    super('The step failed before');
  }
}

/** What a step passes on is only for who may open the tenant's runs. */
export function sealOutcome(sealer: Sealer, tenantId: string, step: string, outcome: StepOutcome): StoredOutcome {
  return { step, state: outcome.state, sealed_outcome: sealer.seal(JSON.stringify(outcome), runBinding(tenantId)) };
}

/** A failure is kept as it is sealed already, under a seal of its own. */
export function storedFailure(sealer: Sealer, tenantId: string, step: string, failure: SealedFailure): StoredOutcome {
  return { step, state: 'failed', sealed_outcome: sealer.seal(JSON.stringify(failure), runBinding(tenantId)) };
}

/** What `sealOutcome` sealed. */
export function openOutcome(sealer: Sealer, tenantId: string, { sealed_outcome }: StoredOutcome): StepOutcome {
  return JSON.parse(sealer.open(sealed_outcome, runBinding(tenantId))) as StepOutcome;
}

/** What earlier workers, or an earlier run, left of a run's steps. */
export function decidedSteps(sealer: Sealer, tenantId: string, stored: readonly StoredOutcome[]): DecidedSteps {
  const failureOf = ({ sealed_outcome }: StoredOutcome) =>
    new FailedBefore(JSON.parse(sealer.open(sealed_outcome, runBinding(tenantId))) as SealedFailure);
  const outcomes = stored.filter(({ state }) => state !== 'failed');
  const failures = stored.filter(({ state }) => state === 'failed');
  return {
    outcomes: Object.fromEntries(outcomes.map((one) => [one.step, openOutcome(sealer, tenantId, one)])),
    failures: failures.map((one) => ({ step: one.step, error: failureOf(one) })),
  };
}

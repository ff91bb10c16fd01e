import type { Gate } from './flow';
import type { Outcomes, StepOutcome } from './step-outcome';

/** Whether a step may run, when every source of its gate is decided; it is skipped otherwise. */
export function isOpen(gate: Gate, outcomes: Outcomes): boolean {
  if ('all' in gate) return gate.all.every((part) => isOpen(part, outcomes));
  if ('any' in gate) return gate.any.some((part) => isOpen(part, outcomes));
  return isLive(outcomes[gate.source], gate.port);
}

function isLive(outcome: StepOutcome | undefined, port: string | undefined): boolean {
  if (!outcome || outcome.state === 'skipped') return false;
  if (port === undefined) return true;
  if (outcome.ports) return outcome.ports.includes(port);
  return outcome.state === 'succeeded';
}

import { type Plan, type PlannedInput, type PlanStep, stepEndingAt } from '../plan/plan';
import { plannedNode } from '../plan/planned-node';
import type { Outcomes } from '../run/step-outcome';

/** Whether a port of a node that ends a step is live. */
export type PortLiveness = (nodeId: string, port: string) => boolean;

/** For showing a plan before anything is decided. */
export const allLive: PortLiveness = () => true;

/** By what the decided steps came to: a step that succeeded gives on its ports, one that failed and goes on only its error. */
export function livePorts(outcomes: Outcomes): PortLiveness {
  return (nodeId, port) => {
    const outcome = Object.hasOwn(outcomes, nodeId) ? outcomes[nodeId] : undefined;
    if (!outcome || outcome.state === 'skipped') return false;
    return outcome.ports ? outcome.ports.includes(port) : outcome.state === 'succeeded' && port !== 'error';
  };
}

/**
 * Whether a step is to run, once the steps it depends on are decided; else it is skipped. Of a port that takes many edges any must
 * live, of every other its one; so a union takes what lives and a join needs both sides.
 */
export function isStepLive(plan: Plan, step: PlanStep, isLive: PortLiveness): boolean {
  if (step.settings.pinned) return true;
  const known = new Map<string, boolean>();
  const isNodeLive = (id: string): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const { inputs } = plannedNode(plan, id);
    const ports = [...new Set(inputs.map(({ port }) => port))];
    const lives = ports.every((port) => inputs.some((input) => input.port === port && isEdgeLive(input)));
    known.set(id, lives);
    return lives;
  };
  const isEdgeLive = ({ source, sourcePort }: PlannedInput): boolean => {
    const node = plannedNode(plan, source);
    if (node.disabled) return node.inputs.some(isEdgeLive);
    return stepEndingAt(plan, source) ? isLive(source, sourcePort) : isNodeLive(source);
  };
  return isNodeLive(step.endsAt);
}

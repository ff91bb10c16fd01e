import { AppError } from '@snowflow/contracts/errors/app-error';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { Agent } from './agent';
import type { AgentScene } from './agent-scene';
import { blockedTopic } from './blocked-topics';

/** Throws AGENT_BLOCKED where a text holds what the agent may not speak of, and says so in the trace. */
export async function refuseBlocked(
  { name, blockedTopics }: Agent,
  text: string,
  place: string,
  scene: AgentScene,
): Promise<void> {
  const topic = blockedTopic(text, blockedTopics);
  if (topic === undefined) return;
  await traceGuard('blocked topic', `${place}/topic`, { topic }, scene);
  throw new AppError(
    'AGENT_BLOCKED',
    `${name} may not speak of “${topic}”, so nothing was answered. Ask for something else.`,
  );
}

/** What a guard found stands in the trace. */
export async function traceGuard(
  name: string,
  place: string,
  found: StepValue,
  { journal, now }: AgentScene,
): Promise<void> {
  const endedAt = now();
  const step = { place, name, startedAt: endedAt, endedAt, tokens: null, reads: false, asked: null, answered: found };
  await journal.write({ ...step, kind: 'guard', state: 'refused' });
}

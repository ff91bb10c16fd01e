import { AppError } from '@snowflow/contracts/errors/app-error';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { Agent, AgentAnswer } from './agent';
import { refuseBlocked, traceGuard } from './agent-guards';
import type { AgentScene } from './agent-scene';
import { schemaFaults } from './json-schema-check';
import { withoutOutsideLinks } from './outside-links';

export type FoundAnswer = Pick<AgentAnswer, 'answer' | 'removedLinks'>;

/** A model that is told twice what is wrong does not get it right at the third time. */
const MOST_FAULTS = 2;

/** What the last words of a model come to: an answer that passed the guards, or what the model is told is wrong with it. */
export async function answerOf(
  agent: Agent,
  text: string,
  place: string,
  scene: AgentScene,
): Promise<{ answer: FoundAnswer; fault: '' } | { answer?: undefined; fault: string }> {
  const { value, faults } = read(agent, text);
  if (faults.length > 0) {
    await traceGuard('answer form', `${place}/form`, { faults }, scene);
    const before = scene.journal
      .all()
      .filter(({ kind, name, place: at }) => kind === 'guard' && name === 'answer form' && isBeside(at, place));
    if (before.length > MOST_FAULTS) throw invalid(agent, faults);
    return {
      fault: `Your answer has not the form that was asked for: ${faults.join('; ')}. Answer again, with JSON only.`,
    };
  }
  await refuseBlocked(agent, JSON.stringify(value), place, scene);
  const { value: answer, hosts } = withoutOutsideLinks(value, agent.linkHosts);
  if (hosts.length > 0) await traceGuard('links removed', `${place}/links`, { hosts, said: text }, scene);
  return { answer: { answer, removedLinks: hosts }, fault: '' };
}

/** Guards of the same agent, not of one that it delegated to. */
const isBeside = (at: string, place: string) =>
  at.split('/').length === place.split('/').length + 1 && at.startsWith(place.slice(0, place.lastIndexOf('/') + 1));

function read({ responseSchema }: Agent, text: string): { value: StepValue; faults: string[] } {
  if (!responseSchema) return { value: text, faults: [] };
  // Models like to put JSON into a fence.
  const [, fenced] = /^\s*```(?:json)?\s*([\s\S]*?)```\s*$/.exec(text) ?? [];
  try {
    const value = JSON.parse(fenced ?? text) as StepValue;
    return { value, faults: schemaFaults(responseSchema, value) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    return { value: null, faults: ['It is not JSON'] };
  }
}

function invalid({ name }: Agent, faults: readonly string[]): AppError {
  return new AppError(
    'AGENT_ANSWER_INVALID',
    `${name} did not answer in the form that was asked for: ${faults.join('; ')}. Simplify the schema, or take another model.`,
  );
}

import type { Plan, PlannedNode } from '@snowflow/engine/plan/plan';
import { reaching } from './rows-at-most';

/** Calls of models at most, and about how many tokens; null where it is known in the run only. */
export interface ModelUse {
  calls: number | null;
  tokens: number | null;
}

const PER_ROW = /^ai\.(generate|sentiment|summarize|translate|classify|extract|embed)$/;
/** Of a text of a row, and of an answer, where nothing says how long it may be. */
const TEXT_TOKENS = 200;

/** What the nodes of a plan ask of models, in the branches that are all counted. */
export function modelUse(plan: Plan): ModelUse {
  const uses = Object.entries(plan.nodes)
    .filter(([id, { disabled, type }]) => type.startsWith('ai.') && !disabled && isRun(plan, id))
    .map(([, node]) => useOf(plan, node));
  return {
    calls: sum(uses.map(({ calls }) => calls)),
    tokens: sum(uses.map(({ tokens }) => tokens)),
  };
}

const isRun = (plan: Plan, id: string) => plan.steps.some(({ nodes }) => nodes.includes(id));

function useOf(plan: Plan, node: PlannedNode): ModelUse {
  const calls = callsOf(plan, node);
  const config = node.config as Record<string, unknown>;
  const asked = ['prompt', 'system'].map((key) => textAt(config, key)).join('').length;
  const answer = typeof config['maxTokens'] === 'number' ? config['maxTokens'] : TEXT_TOKENS;
  return { calls, tokens: calls === null ? null : calls * (Math.ceil(asked / 4) + TEXT_TOKENS + answer) };
}

/** An answer that has to have a form may be asked for twice; how often an agent asks, the agent decides. */
function callsOf(plan: Plan, node: PlannedNode): number | null {
  if (PER_ROW.test(node.type)) return reaching(plan, node) ?? null;
  if (node.type !== 'ai.complete') return ASKS_NO_MODEL.has(node.type) ? 0 : null;
  return textAt(node.config as Record<string, unknown>, 'responseSchema') === '' ? 1 : 2;
}

const ASKS_NO_MODEL = new Set(['ai.http', 'ai.mcp', 'ai.search']);

const textAt = (config: Record<string, unknown>, key: string) => {
  const value = config[key];
  return typeof value === 'string' ? value : '';
};

const sum = (parts: (number | null)[]) =>
  parts.reduce((total, one) => (total === null || one === null ? null : total + one), 0);

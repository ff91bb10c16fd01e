import type { StepValue } from '@snowflow/nodes/kit/step-value';
import { before, fateOf, type ScriptedNode, type ScriptedWorkflow } from './random-calls';

/** What a node came to. `blocked`: something before it failed. */
export type Expected =
  | { state: 'succeeded' | 'continued'; ports?: string[]; value: StepValue }
  | { state: 'failed'; code: string; message: string }
  | { state: 'skipped' | 'blocked' };

type Ends = ReadonlyMap<string, Expected>;

export const NOT_SENT = { code: 'OUTCOME_UNKNOWN', message: 'Nobody heard it.' };
const NO_LIST = 'The field “rejected” is no list. Name the field that holds one, or give a list.';

export const itemsOf = (at: string, items: number): string[] =>
  Array.from({ length: items }, (_, index) => `${at}.${index}`);

/** What every node of a run comes to once all is decided, one after the other and without any of what the run is made of. */
export function oracle(script: ScriptedWorkflow, at: string, prefix = ''): Ends {
  const ends = new Map<string, Expected>();
  for (const node of script.nodes) ends.set(node.id, endOf(script, node, ends, at, prefix));
  return ends;
}

function endOf(script: ScriptedWorkflow, node: ScriptedNode, ends: Ends, at: string, prefix: string): Expected {
  const states = before(script, node).map((id) => ends.get(id)?.state);
  if (states.includes('failed') || states.includes('blocked')) return { state: 'blocked' };
  const isReached = (into: string) =>
    node.from.some((edge) => edge.into === into && isLive(ends.get(edge.source), edge.port));
  if (!node.from.every(({ into }) => isReached(into))) return { state: 'skipped' };
  const end = done(script, node, ends, at, prefix + node.id);
  if (end.state !== 'failed' || node.onError === 'fail') return end;
  return { state: 'continued', ports: ['error'], value: { code: end.code, message: end.message } };
}

function isLive(end: Expected | undefined, port: string): boolean {
  if (end?.state !== 'succeeded' && end?.state !== 'continued') return false;
  return end.ports ? end.ports.includes(port) : port !== 'error';
}

function done(script: ScriptedWorkflow, node: ScriptedNode, ends: Ends, at: string, place: string): Expected {
  const { kind, child, failing, attempts, items, decisions } = node;
  if (kind === 'send') {
    if ((fateOf(failing, place) ?? 0) >= attempts) return { state: 'failed', ...NOT_SENT };
    return { state: 'succeeded', value: { attempts: 1, rejected: itemsOf(at, items) } };
  }
  if (kind === 'ask') {
    const decision = fateOf(decisions, place) ?? 'approve';
    const value = { decision, by: 'BOSS', comment: null, timedOut: false };
    return { state: 'succeeded', ports: [decision === 'approve' ? 'approved' : 'rejected'], value };
  }
  if (kind === 'answer') return { state: 'succeeded', value: reaching(script, node, ends) ?? null };
  if (kind === 'call') return child ? called(child, 'called', `${place}/`) : { state: 'blocked' };
  return child ? mapped(child, node, reaching(script, node, ends), place) : { state: 'blocked' };
}

function called(child: ScriptedWorkflow, at: string, prefix: string): Expected {
  const ends = oracle(child, at, prefix);
  for (const [id, end] of ends) {
    if (end.state !== 'failed') continue;
    return { ...end, message: `In “${child.name}”, step “${id}”: ${end.message}` };
  }
  const answer = ends.get('answer');
  return { state: 'succeeded', value: answer?.state === 'succeeded' ? answer.value : { rowCount: 0 } };
}

function mapped(child: ScriptedWorkflow, node: ScriptedNode, reached: StepValue | undefined, place: string): Expected {
  const list = typeof reached === 'object' && reached !== null && !Array.isArray(reached) ? reached['rejected'] : null;
  if (!Array.isArray(list)) return { state: 'failed', code: 'VALIDATION', message: NO_LIST };
  const ends = list.map((item, index): Expected => {
    const end = called(child, String(item), `${place}/${index}/`);
    return end.state === 'failed' ? { ...end, message: `Item ${index + 1}: ${end.message}` } : end;
  });
  const failure = ends.find(({ state }) => state === 'failed');
  if (failure && node.itemErrors === 'fail') return failure;
  const results = ends.map((end): StepValue => {
    if (end.state === 'failed') return { error: { code: end.code, message: end.message } };
    return 'value' in end ? end.value : null;
  });
  const succeeded = ends.filter(({ state }) => state === 'succeeded').length;
  return { state: 'succeeded', value: { count: ends.length, succeeded, failed: ends.length - succeeded, results } };
}

/** The value at a node's first edge; an approval hands on what reached it. */
function reaching(script: ScriptedWorkflow, node: ScriptedNode, ends: Ends): StepValue | undefined {
  const edge = node.from[0];
  const source = script.nodes.find(({ id }) => id === edge?.source);
  if (!edge || !source) return undefined;
  if (source.kind === 'ask' && source.from.length > 0 && edge.port !== 'error') return reaching(script, source, ends);
  const end = ends.get(source.id);
  return end && 'value' in end ? end.value : undefined;
}

import type { DecidedSteps } from '@snowflow/engine/run/flow-result';
import type { Expected } from './calls-oracle';
import { hasQuestions, type ScriptedWorkflow } from './random-calls';

/** What each node of a run came to by what is decided of it, as the oracle says it. */
export function endsOf(
  script: ScriptedWorkflow,
  { outcomes, failures }: DecidedSteps,
  failureOf: (error: unknown) => { code: string; message: string },
): [string, Expected][] {
  return script.nodes.map(({ id }): [string, Expected] => {
    const failure = failures.find(({ step }) => step === id);
    if (failure) return [id, { state: 'failed', ...failureOf(failure.error) }];
    const outcome = outcomes[id];
    if (!outcome) return [id, { state: 'blocked' }];
    if (outcome.state === 'skipped') return [id, { state: 'skipped' }];
    const { state, ports, value = null } = outcome;
    return [id, { state, ...(ports ? { ports: [...ports] } : {}), value }];
  });
}

/**
 * Which of several items that fail stopped a map depends on when somebody decided; then only that it failed is held against the oracle.
 * How often a message was tried depends on the kills.
 */
export const comparable = (script: ScriptedWorkflow, ends: Iterable<[string, Expected]>): unknown =>
  JSON.parse(JSON.stringify([...ends]), (key, value: unknown) => {
    if (key === 'attempts') return 1;
    return hasQuestions(script) && (key === 'code' || key === 'message') ? '' : value;
  });

/** How much of what a graph may hold these held, over the nodes of each run itself and not of those that it called. */
export class Census {
  readonly counts = { joined: 0, skipped: 0, failed: 0, continued: 0, tried: 0, asked: 0, called: 0, mapped: 0 };

  take({ nodes }: ScriptedWorkflow, ends: Iterable<[string, Expected]>): void {
    const states = new Map([...ends].map(([id, { state }]) => [id, state]));
    for (const { id, kind, from, failing, attempts } of nodes) {
      const state = states.get(id);
      if (state === 'skipped' || state === 'failed' || state === 'continued') this.counts[state] += 1;
      if (state !== 'succeeded') continue;
      if (from.some(({ into }) => into !== 'in')) this.counts.joined += 1;
      if (kind === 'send' && attempts > 1 && failing.includes(1)) this.counts.tried += 1;
      if (kind === 'ask') this.counts.asked += 1;
      if (kind === 'call') this.counts.called += 1;
      if (kind === 'map') this.counts.mapped += 1;
    }
  }

  get fewest(): number {
    return Math.min(...Object.values(this.counts));
  }
}

import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import { runFlow } from './compile-flow';
import { runWithPromises } from '../run/promise-oracle';
import type { Flow, FlowStep } from '../run/flow';
import type { Outcomes, StepOutcome } from '../run/step-outcome';
import type { DecidedSteps, FlowResult, StepFailure } from '../run/flow-result';
import { StepPaused } from '../run/step-paused';
import type { StepHandler, StepEvents } from '../run/step-ports';

interface Scripted extends FlowStep {
  /** What its handler does: gives on these ports, or fails on its first `failing` attempts. */
  ports?: readonly string[];
  failing: number;
  /** It waits for somebody to decide, the first time it is run. */
  waits?: boolean;
}

const handler: StepHandler<Scripted> = async (step, { attempt }) => {
  await delay(0);
  if (step.waits) throw new StepPaused({ for: 'approval' });
  if (attempt <= step.failing) throw new Error(`${step.id} fails`);
  return { ports: step.ports, rowCount: attempt, value: { of: step.id } };
};

const errorValue = (error: unknown) => ({ message: String(error) });

/** A port of an earlier step, or what joins (all) and unions (any) make of them. */
type Gate = { source: string; port?: string } | { all: Gate[] } | { any: Gate[] };

const sourcesOf = (gate: Gate): string[] =>
  'source' in gate ? [gate.source] : [...new Set(('all' in gate ? gate.all : gate.any).flatMap(sourcesOf))];

function isOpen(gate: Gate, outcomes: Outcomes): boolean {
  if ('all' in gate) return gate.all.every((part) => isOpen(part, outcomes));
  if ('any' in gate) return gate.any.some((part) => isOpen(part, outcomes));
  const outcome = outcomes[gate.source];
  if (!outcome || outcome.state === 'skipped') return false;
  if (gate.port === undefined) return true;
  return outcome.ports ? outcome.ports.includes(gate.port) : outcome.state === 'succeeded';
}

const gated = (gate: Gate) => ({ dependsOn: sourcesOf(gate), isLive: (outcomes: Outcomes) => isOpen(gate, outcomes) });

/** The gate over steps before `index`: every shape of join and union over random ports. */
const gateOver = (index: number): fc.Arbitrary<Gate> => {
  if (index === 0) return fc.constant({ all: [] });
  const edge: fc.Arbitrary<Gate> = fc.record({
    source: fc.nat(index - 1).map((n) => `s${n}`),
    port: fc.constantFrom(undefined, 'true', 'false', 'error'),
  });
  const some = (part: fc.Arbitrary<Gate>) =>
    fc.oneof(
      fc.record({ all: fc.array(part, { maxLength: 3 }) }),
      fc.record({ any: fc.array(part, { minLength: 1, maxLength: 3 }) }),
    );
  return fc.oneof(edge, some(edge), some(fc.oneof(edge, some(edge))));
};

const flows: fc.Arbitrary<Flow<Scripted>> = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.record({
    steps: fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc
          .record({
            gate: gateOver(index),
            id: fc.constant(`s${index}`),
            ports: fc.constantFrom(undefined, ['true'], ['false'], []),
            failing: fc.constantFrom(0, 0, 0, 0, 1, 9),
            waits: fc.constantFrom(false, false, false, false, false, true),
            retry: fc.constantFrom(undefined, { attempts: 2, backoffMs: 0 }),
            onError: fc.constantFrom('fail' as const, 'fail' as const, 'continue' as const),
          })
          .map(({ gate, ...step }): Scripted => ({ ...step, ...gated(gate) })),
      ),
    ),
  }),
);

interface Seen extends FlowResult {
  told: Record<string, string[]>;
}

async function watched(run: (events: StepEvents<Scripted>) => Promise<FlowResult>): Promise<Seen> {
  const told: Record<string, string[]> = {};
  const note = (what: string) => (step: Scripted) => void (told[step.id] ??= []).push(what);
  const result = await run({
    started: note('started'),
    retrying: note('retrying'),
    waiting: note('waiting'),
    finished: note('finished'),
    failed: note('failed'),
  });
  return { ...result, told };
}

const comparable = ({ state, outcomes, failures, pauses }: FlowResult) => ({
  state,
  outcomes: Object.fromEntries(Object.entries(outcomes).map(([id, outcome]) => [id, { ...outcome, ms: 0 }])),
  failures: failures.map(({ step, error }) => [step, String(error)]),
  pauses,
});

/** What survives a crash: outcomes are stored one by one, as they come, and so are failures. */
class Kept implements DecidedSteps {
  readonly outcomes: Record<string, StepOutcome> = {};
  readonly failures: StepFailure[] = [];
  readonly events: StepEvents<Scripted> = {
    finished: (step, outcome) => void (this.outcomes[step.id] = outcome),
    failed: (step, error) => {
      if (step.onError !== 'continue') this.failures.push({ step: step.id, error });
    },
  };
}

const chain = (...ids: string[]): Flow<Scripted> => ({
  steps: ids.map((id, index) => ({
    id,
    dependsOn: ids.slice(Math.max(0, index - 1), index),
    failing: 0,
  })),
});

// LangGraph listens once per waiting task on one signal; Node would warn at ten, as it would in a worker.
setMaxListeners(0);
// Hundreds of flows each, on machines that do other things too.
jest.setTimeout(240_000);

describe('the LangGraph executor', () => {
  it('does what plain promises do, over random flows with failures, retries, pauses, skips and conditions', async () => {
    await fc.assert(
      fc.asyncProperty(flows, async (flow) => {
        const expected = await watched((events) => runWithPromises(flow, { handler, events, errorValue }));
        const actual = await watched((events) => runFlow(flow, { handler, events, errorValue }));
        expect([comparable(actual), actual.told]).toEqual([comparable(expected), expected.told]);
      }),
      { numRuns: 1_200 },
    );
  });

  it('comes to the same end when it is killed at any step and goes on elsewhere, running nothing twice that was kept', async () => {
    await fc.assert(
      fc.asyncProperty(flows, fc.nat(13), fc.boolean(), async (flow, dying, before) => {
        const expected = await runWithPromises(flow, { handler, errorValue });
        const kept = new Kept();
        const crash = new AbortController();
        const killed = await runFlow(flow, {
          signal: crash.signal,
          errorValue,
          events: kept.events,
          handler: async (step, context) => {
            if (before && step.id === `s${dying}`) crash.abort();
            context.signal.throwIfAborted();
            const result = await handler(step, context);
            if (step.id === `s${dying}`) crash.abort();
            context.signal.throwIfAborted();
            return result;
          },
        });
        const known = new Set([...Object.keys(kept.outcomes), ...kept.failures.map(({ step }) => step)]);
        const again: string[] = [];
        const resumed = await runFlow(flow, {
          handler,
          errorValue,
          decided: kept,
          events: { started: (step) => void again.push(step.id) },
        });
        expect(killed.state === 'aborted' || comparable(killed)).toEqual(
          killed.state === 'aborted' || comparable(expected),
        );
        expect(comparable(resumed)).toEqual(comparable(expected));
        expect(again.filter((id) => known.has(id))).toEqual([]);
      }),
      { numRuns: 900 },
    );
  });

  it('goes on behind what was waited for, and only there', async () => {
    await fc.assert(
      fc.asyncProperty(flows, async (flow) => {
        const kept = new Kept();
        await runFlow(flow, { handler, errorValue, events: kept.events });
        const decided = { steps: flow.steps.map((step) => ({ ...step, waits: false })) };
        const expected = await runWithPromises(decided, { handler, errorValue });
        const resumed = await runFlow(decided, { handler, errorValue, decided: kept });
        expect(comparable(resumed)).toEqual(comparable(expected));
      }),
      { numRuns: 400 },
    );
  });

  it('lets a fast branch go on while a slow one runs', async () => {
    const order: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const flow: Flow = {
      steps: [
        { id: 'slow', dependsOn: [] },
        { id: 'fast', dependsOn: [] },
        { id: 'after-fast', dependsOn: ['fast'] },
      ],
    };
    await runFlow(flow, {
      handler: async (step) => {
        if (step.id === 'slow') await held;
        if (step.id === 'after-fast') release();
        order.push(step.id);
        return {};
      },
    });
    expect(order).toEqual(['fast', 'after-fast', 'slow']);
  });

  it('finishes independent branches when one fails, and says which failed', async () => {
    const flow: Flow<Scripted> = {
      steps: [
        { id: 'bad', dependsOn: [], failing: 9 },
        { id: 'good', dependsOn: [], failing: 0 },
        { id: 'after-bad', dependsOn: ['bad'], failing: 0 },
        { id: 'after-good', dependsOn: ['good'], failing: 0 },
      ],
    };
    const result = await runFlow(flow, { handler });
    expect(result.state).toBe('failed');
    expect(result.failures.map(({ step }) => step)).toEqual(['bad']);
    expect(Object.keys(result.outcomes).sort()).toEqual(['after-good', 'good']);
  });

  it('runs the failed step and what follows it when it is given what succeeded', async () => {
    const flow = chain('a', 'b', 'c');
    const { outcomes } = await runFlow(flow, {
      handler: (step, context) => handler({ ...step, failing: step.id === 'b' ? 9 : 0 }, context),
    });
    const ran: string[] = [];
    const result = await runFlow(flow, {
      decided: { outcomes, failures: [] },
      handler: (step, context) => {
        ran.push(step.id);
        return handler(step, context);
      },
    });
    expect(ran).toEqual(['b', 'c']);
    expect(result.state).toBe('succeeded');
  });

  it('keeps to its concurrency without losing a step', async () => {
    let running = 0;
    let most = 0;
    const flow: Flow = { steps: Array.from({ length: 30 }, (_, n) => ({ id: `s${n}`, dependsOn: [] })) };
    const result = await runFlow(flow, {
      concurrency: 3,
      handler: async () => {
        most = Math.max(most, (running += 1));
        await delay(1);
        running -= 1;
        return {};
      },
    });
    expect(most).toBe(3);
    expect(Object.keys(result.outcomes)).toHaveLength(30);
  });

  it('tells a running handler at once that the run was cancelled', async () => {
    const cancel = new AbortController();
    let heard = false;
    const result = await runFlow(chain('a', 'b'), {
      signal: cancel.signal,
      handler: async (_step, { signal }) => {
        signal.addEventListener('abort', () => (heard = true));
        setImmediate(() => cancel.abort());
        await delay(60_000, undefined, { signal });
        return {};
      },
    });
    expect(result.state).toBe('aborted');
    expect(heard).toBe(true);
  });
});

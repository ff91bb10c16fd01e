import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import { MemorySaver } from '@langchain/langgraph';
import { runFlow } from './compile-flow';
import { runWithPromises } from '../run/promise-oracle';
import type { Flow, FlowStep } from '../run/flow';
import type { Outcomes } from '../run/step-outcome';
import type { FlowResult } from '../run/flow-result';
import type { StepHandler, StepEvents } from '../run/step-ports';

interface Scripted extends FlowStep {
  /** What its handler does: gives on these ports, or fails on its first `failing` attempts. */
  ports?: readonly string[];
  failing: number;
}

const handler: StepHandler<Scripted> = async (step, { attempt }) => {
  await delay(0);
  if (attempt <= step.failing) throw new Error(`${step.id} fails`);
  return { ports: step.ports, rowCount: attempt };
};

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
    finished: note('finished'),
    failed: note('failed'),
  });
  return { ...result, told };
}

const comparable = ({ state, outcomes, failures, told }: Seen) => ({
  state,
  outcomes: Object.fromEntries(Object.entries(outcomes).map(([id, outcome]) => [id, { ...outcome, ms: 0 }])),
  failures: failures.map(({ step, error }) => [step, String(error)]),
  told,
});

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
jest.setTimeout(60_000);

describe('the LangGraph executor', () => {
  it('does what plain promises do, over random flows with failures, skips and conditions', async () => {
    await fc.assert(
      fc.asyncProperty(flows, async (flow) => {
        const expected = await watched((events) => runWithPromises(flow, handler, { events }));
        const actual = await watched((events) => runFlow(flow, { handler, events }));
        expect(comparable(actual)).toEqual(comparable(expected));
      }),
      { numRuns: 300 },
    );
  });

  it('runs only what was unfinished when a thread goes on after a crash', async () => {
    await fc.assert(
      fc.asyncProperty(flows, fc.nat(13), async (flow, dying) => {
        const calm = { steps: flow.steps.map((step) => ({ ...step, failing: 0 })) };
        const expected = await runWithPromises(calm, handler);
        const saver = new MemorySaver();
        const checkpoints = { saver, threadId: 'run' };
        const finished = new Set<string>();
        const crash = new AbortController();
        const first = await runFlow(calm, {
          checkpoints,
          signal: crash.signal,
          handler: async (step, context) => {
            if (step.id === `s${dying}`) crash.abort();
            context.signal.throwIfAborted();
            return handler(step, context);
          },
          events: { finished: (step) => void finished.add(step.id) },
        });
        const again: string[] = [];
        const second = await runFlow(calm, {
          checkpoints,
          handler,
          events: { started: (step) => void again.push(step.id) },
        });
        expect(first.state === 'aborted' || first.state === 'succeeded').toBe(true);
        expect(second.state).toBe('succeeded');
        expect(Object.keys(second.outcomes).sort()).toEqual(Object.keys(expected.outcomes).sort());
        expect(again.filter((id) => finished.has(id) && first.outcomes[id])).toEqual([]);
      }),
      { numRuns: 60 },
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
    const result = await runFlow(flow, { handler, checkpoints: { saver: new MemorySaver(), threadId: 't' } });
    expect(result.state).toBe('failed');
    expect(result.failures.map(({ step }) => step)).toEqual(['bad']);
    expect(Object.keys(result.outcomes).sort()).toEqual(['after-good', 'good']);
  });

  it('runs the failed step and what follows it when a failed thread goes on', async () => {
    const checkpoints = { saver: new MemorySaver(), threadId: 't' };
    const flow = chain('a', 'b', 'c');
    await runFlow(flow, {
      checkpoints,
      handler: (step, context) => handler({ ...step, failing: step.id === 'b' ? 9 : 0 }, context),
    });
    const ran: string[] = [];
    const result = await runFlow(flow, {
      checkpoints,
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

import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { runFlow } from '../compile/compile-flow';
import type { Flow, FlowStep } from './flow';
import type { FlowRun } from './flow-run';
import { Patience } from './patience';
import { runWithPromises } from './promise-oracle';
import { StepPaused } from './step-paused';

setMaxListeners(0);

const never = new AbortController().signal;
const flow: Flow = {
  steps: [
    { id: 'slow', dependsOn: [] },
    { id: 'asks', dependsOn: [] },
    { id: 'behind', dependsOn: ['asks'] },
    { id: 'last', dependsOn: ['slow', 'behind'] },
  ],
};

describe.each([
  ['LangGraph', runFlow],
  ['plain promises', runWithPromises],
])('A step that waits, on %s', (_name, run: (flow: Flow, run: FlowRun<FlowStep>) => ReturnType<typeof runFlow>) => {
  const held = () => {
    let release = () => {};
    const until = new Promise<void>((resolve) => (release = resolve));
    return { until, release: () => release() };
  };

  it('goes on as soon as there is news, beside what runs, and so does what follows it', async () => {
    const [patience, slow] = [new Patience(), held()];
    let decided = false;
    const order: string[] = [];
    const { state } = await run(flow, {
      patience,
      handler: async ({ id }) => {
        if (id === 'slow') await slow.until;
        if (id === 'asks' && !decided) {
          decided = true;
          setTimeout(() => patience.news(), 5);
          throw new StepPaused({ for: 'approval' });
        }
        order.push(id);
        if (id === 'behind') slow.release();
        return {};
      },
    });
    expect([state, order]).toEqual(['succeeded', ['asks', 'behind', 'slow', 'last']]);
  });

  it('goes on when its time has come', async () => {
    const [patience, slow] = [new Patience(), held()];
    const until = new Date(Date.now() + 30);
    const { state } = await run(flow, {
      patience,
      handler: async ({ id }) => {
        if (id === 'slow') await slow.until;
        if (id === 'asks' && Date.now() < until.getTime()) throw new StepPaused({ for: 'time', until });
        if (id === 'behind') slow.release();
        return {};
      },
    });
    expect(state).toBe('succeeded');
  });

  it('is given up when nothing else runs any more, however long the rest took', async () => {
    const looked: string[] = [];
    const result = await run(flow, {
      patience: new Patience(),
      handler: async ({ id }) => {
        looked.push(id);
        if (id === 'asks') throw new StepPaused({ for: 'approval' });
        await delay(60);
        return {};
      },
    });
    expect(result).toMatchObject({ state: 'waiting', pauses: [{ step: 'asks' }], failures: [] });
    expect(Object.keys(result.outcomes)).toEqual(['slow']);
    expect(looked).toEqual(['slow', 'asks']);
  });

  it('is given up at once when the run is cancelled', async () => {
    const cancel = new AbortController();
    const result = await run(flow, {
      patience: new Patience(),
      signal: cancel.signal,
      handler: async ({ id }, { signal }) => {
        if (id === 'asks') throw new StepPaused({ for: 'approval' });
        setTimeout(() => cancel.abort(), 10);
        await delay(60_000, undefined, { signal });
        return {};
      },
    });
    expect(result.state).toBe('aborted');
  });
});

describe('Patience', () => {
  it('is over for a signal that was aborted before', async () => {
    const patience = new Patience();
    await expect(patience.stay(undefined, AbortSignal.abort())).resolves.toBe(false);
    await expect(patience.stay(undefined, never)).resolves.toBe(false);
  });
});

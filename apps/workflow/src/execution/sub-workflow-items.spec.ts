import fc from 'fast-check';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { StepPaused } from '@snowflow/engine/run/step-paused';
import type { CallEnd } from '@snowflow/nodes/kit/workflow-calls';
import { CallBudget } from './call-budget';
import { runItems } from './sub-workflow-items';

const never = new AbortController().signal;
const failedEnd = (message: string): CallEnd => ({ state: 'failed', code: 'X', message });
const done = (value: number): CallEnd => ({ state: 'succeeded', value });

/** Items by what becomes of each. */
async function run(kinds: string[], itemErrors: 'fail' | 'continue', concurrency = 2) {
  const begun: number[] = [];
  let [now, most] = [0, 0];
  const work = {
    run: async (index: number): Promise<CallEnd> => {
      begun.push(index);
      most = Math.max(most, (now += 1));
      await Promise.resolve();
      now -= 1;
      if (kinds[index] === 'broke') throw new AppError('BUDGET_EXCEEDED', 'Enough');
      if (kinds[index] === 'fail') throw new Error(`item ${index}`);
      if (kinds[index] === 'pause') throw new StepPaused({ for: 'approval', until: new Date(index) });
      return done(index);
    },
    failed: (_index: number, error: unknown) => Promise.resolve(failedEnd((error as Error).message)),
    refusal: (index: number) => (kinds[index] === 'enough' ? new Error(`enough at ${index}`) : undefined),
  };
  const end = await runItems(kinds.length, { concurrency, itemErrors }, work, never).catch((error: unknown) => error);
  return { begun, most, end };
}

const kinds = fc.array(fc.constantFrom('ok', 'fail', 'pause'), { maxLength: 30 });

describe('Going through items', () => {
  it('runs each once, never more at once than allowed, and gives the ends in their order', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, fc.integer({ min: 1, max: 20 }), async (all, concurrency) => {
        const { begun, most, end } = await run(all, 'continue', concurrency);
        expect([...begun].sort((a, b) => a - b)).toEqual(all.map((_, index) => index));
        expect(most).toBeLessThanOrEqual(concurrency);
        if (all.includes('pause')) expect(end).toMatchObject({ wait: { for: 'workflow' } });
        else expect(end).toEqual(all.map((kind, index) => (kind === 'ok' ? done(index) : failedEnd(`item ${index}`))));
      }),
    );
  });

  it('begins no other after a failure that counts, and throws it', async () => {
    const { begun, end } = await run(['ok', 'fail', 'ok', 'ok', 'ok', 'ok'], 'fail');
    expect(begun.length).toBeLessThan(6);
    expect(end).toEqual(new Error('item 1'));
  });

  it('begins no other once the budget of the run is passed, whatever becomes of failures', async () => {
    const { begun, end } = await run(['ok', 'broke', 'ok', 'ok', 'ok', 'ok'], 'continue');
    expect(begun.length).toBeLessThan(6);
    expect(end).toMatchObject({ code: 'BUDGET_EXCEEDED' });
  });

  it.each(['fail', 'continue'] as const)(
    'begins no other once one is enough, and throws why (%s)',
    async (itemErrors) => {
      const { begun, end } = await run(['ok', 'enough', 'ok', 'ok', 'pause', 'ok'], itemErrors, 1);
      expect(begun).toEqual([0, 1]);
      expect(end).toEqual(new Error('enough at 1'));
    },
  );

  it('waits until the first moment of those that wait', async () => {
    const { end } = await run(['ok', 'pause', 'pause'], 'fail');
    expect((end as StepPaused).wait).toEqual({ for: 'workflow', until: new Date(1) });
  });

  it('gives up at once when the run does', async () => {
    const cancel = new AbortController();
    const work = {
      run: () => {
        cancel.abort(new Error('cancelled'));
        return Promise.resolve(done(0));
      },
      failed: () => Promise.resolve(failedEnd('')),
      refusal: () => undefined,
    };
    await expect(runItems(5, { concurrency: 1, itemErrors: 'continue' }, work, cancel.signal)).rejects.toThrow(
      'cancelled',
    );
  });
});

describe('The calls of a run', () => {
  it('are counted once for each place, and bounded together', () => {
    const budget = new CallBudget();
    for (let times = 0; times < 20; times += 1) budget.take('m/', 1_000);
    for (let place = 1; place < 10; place += 1) budget.take(`m${place}/`, 1_000);
    expect(() => budget.take('one more', 1)).toThrow('10000 workflows inside itself');
  });
});

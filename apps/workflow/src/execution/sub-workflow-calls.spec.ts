import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import { Census, comparable, endsOf } from '../testing/calls-ends';
import { oracle } from '../testing/calls-oracle';
import { KilledRun } from '../testing/killed-run';
import { scriptedWorkflow, type ScriptedWorkflow } from '../testing/random-calls';

const MOST_EXECUTIONS = 200;

// LangGraph listens once per waiting task on one signal, as in a worker.
setMaxListeners(0);
jest.setTimeout(240_000);

/** Brings a run to its end over kills and rests. */
async function toItsEnd(script: ScriptedWorkflow, kills: readonly number[], allAtOnce: boolean) {
  const run = new KilledRun(script);
  const left = [...kills];
  let [killed, rested] = [0, 0];
  for (let executions = 0; executions < MOST_EXECUTIONS; executions += 1) {
    const result = await run.execute(left.pop() ?? Infinity);
    if (result.state === 'aborted') killed += 1;
    else if (result.state === 'waiting') rested += 1;
    else return { ends: endsOf(script, result, KilledRun.failureOf), killed, rested, faults: run.faults };
    if (result.state === 'waiting') run.decide(allAtOnce);
  }
  throw new Error('The run does not end');
}

describe('Random workflows whose nodes call and map others, with branches, joins, failures, retries, error branches and approvals', () => {
  it('come to what a plain oracle says, each node and item', async () => {
    const census = new Census();
    let rests = 0;
    await fc.assert(
      fc.asyncProperty(scriptedWorkflow, fc.boolean(), async (script, allAtOnce) => {
        const { ends, faults, rested } = await toItsEnd(script, [], allAtOnce);
        expect(comparable(script, ends)).toEqual(comparable(script, oracle(script, 'root')));
        expect(faults).toEqual([]);
        census.take(script, ends);
        rests += rested;
      }),
      { numRuns: 2_000 },
    );
    expect([census.counts, census.fewest > 50, rests > 400]).toEqual([census.counts, true, true]);
  });

  it('come to the same when they are killed at any moment, again and again, and nothing whose end was stored is done twice', async () => {
    let kills = 0;
    await fc.assert(
      fc.asyncProperty(
        scriptedWorkflow,
        fc.array(fc.nat(25), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (script, deaths, allAtOnce) => {
          const { ends, faults, killed } = await toItsEnd(script, deaths, allAtOnce);
          expect(comparable(script, ends)).toEqual(comparable(script, oracle(script, 'root')));
          expect(faults).toEqual([]);
          kills += killed;
        },
      ),
      { numRuns: 1_000 },
    );
    expect(kills).toBeGreaterThan(500);
  });
});

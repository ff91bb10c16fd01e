import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import type { FlowResult } from '@snowflow/engine/run/flow-result';
import { type Expected, oracle } from '../testing/calls-oracle';
import { KilledRun } from '../testing/killed-run';
import { hasQuestions, scriptedWorkflow, type ScriptedWorkflow } from '../testing/random-calls';

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
    else return { result, killed, rested, faults: run.faults };
    if (result.state === 'waiting') run.decide(allAtOnce);
  }
  throw new Error('The run does not end');
}

/** What each node came to, as the oracle says it. */
function endsOf(script: ScriptedWorkflow, { outcomes, failures }: FlowResult): [string, Expected][] {
  return script.nodes.map(({ id }): [string, Expected] => {
    const failure = failures.find(({ step }) => step === id);
    if (failure) return [id, { state: 'failed', ...KilledRun.failureOf(failure.error) }];
    const outcome = outcomes[id];
    if (!outcome) return [id, { state: 'blocked' }];
    if (outcome.state === 'skipped') return [id, { state: 'skipped' }];
    const { state, ports, value = null } = outcome;
    return [id, { state, ...(ports ? { ports: [...ports] } : {}), value }];
  });
}

/** Which of several items that fail stopped a map depends on when somebody decided; then only that it failed is held against the oracle. */
const comparable = (script: ScriptedWorkflow, ends: Iterable<[string, Expected]>) =>
  JSON.parse(JSON.stringify([...ends]), (key, value: unknown) =>
    hasQuestions(script) && (key === 'code' || key === 'message') ? '' : value,
  ) as unknown;

describe('Random workflows whose nodes call and map others, with branches, failures, retries, error branches and approvals', () => {
  it('come to what a plain oracle says, each node and item', async () => {
    let [mapped, rests] = [0, 0];
    await fc.assert(
      fc.asyncProperty(scriptedWorkflow, fc.boolean(), async (script, allAtOnce) => {
        const { result, faults, rested } = await toItsEnd(script, [], allAtOnce);
        expect(comparable(script, endsOf(script, result))).toEqual(comparable(script, oracle(script, 'root')));
        expect(faults).toEqual([]);
        mapped += script.nodes.filter(
          ({ id, kind }) => kind === 'map' && result.outcomes[id]?.state === 'succeeded',
        ).length;
        rests += rested;
      }),
      { numRuns: 1_000 },
    );
    expect([mapped > 200, rests > 200]).toEqual([true, true]);
  });

  it('come to the same when they are killed at any moment, again and again, and nothing whose end was stored is done twice', async () => {
    let kills = 0;
    await fc.assert(
      fc.asyncProperty(
        scriptedWorkflow,
        fc.array(fc.nat(25), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (script, deaths, allAtOnce) => {
          const { result, faults, killed } = await toItsEnd(script, deaths, allAtOnce);
          expect(comparable(script, endsOf(script, result))).toEqual(comparable(script, oracle(script, 'root')));
          expect(faults).toEqual([]);
          kills += killed;
        },
      ),
      { numRuns: 1_000 },
    );
    expect(kills).toBeGreaterThan(500);
  });
});

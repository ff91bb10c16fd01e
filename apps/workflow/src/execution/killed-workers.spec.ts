import { casesOf } from '@snowflow/testing/cases-of';
import fc from 'fast-check';
import { Census, comparable } from '../testing/calls-ends';
import { type Expected, oracle } from '../testing/calls-oracle';
import { MortalRuns } from '../testing/mortal-runs';
import { scriptedWorkflow, type ScriptedWorkflow } from '../testing/random-calls';
import { startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';

const GRAPHS = casesOf(320);
const FEWEST_ACTS = 160;
const MOST_ACTS = 440;
const OFTEN_ENOUGH = 5;

// A minute of work for two processes, on machines that do other things too.
jest.setTimeout(900_000);

/** What a person sees of a node. */
const STATUS: Record<Expected['state'], string> = {
  succeeded: 'succeeded',
  continued: 'failed',
  failed: 'failed',
  skipped: 'skipped',
  blocked: 'skipped',
};

/** A sample that holds each thing that a graph may hold often enough, by what the oracle says it comes to. */
function drawn(seed: number): ScriptedWorkflow[] {
  const scripts = fc.sample(scriptedWorkflow, { numRuns: GRAPHS, seed });
  const census = new Census();
  for (const script of scripts) census.take(script, oracle(script, 'root'));
  return census.fewest >= OFTEN_ENOUGH ? scripts : drawn(seed + 1);
}

describe('Random workflows done by workers that are killed by SIGKILL at a random act, one after the other', () => {
  let bench: WorkflowBench;
  let runs: MortalRuns;
  const seed = Date.now() % 1_000_000;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runs = await MortalRuns.of(bench, drawn(seed));
    const acts = fc.sample(fc.integer({ min: FEWEST_ACTS, max: MOST_ACTS }), { numRuns: GRAPHS, seed });
    await runs.toTheirEnds(() => acts.pop() ?? MOST_ACTS);
  });
  afterAll(async () => {
    await runs?.stop();
    await bench?.stop();
  });

  it('come to what a plain oracle says, each node and item, and most of them were killed', async () => {
    for (const [runId, script] of runs.scripts) {
      const [ends, expected] = [await runs.endsOf(runId), oracle(script, 'root')];
      const [seen, should] = [ends, expected].map((each) => comparable(script, each));
      expect({ seed, runId, script, ends: seen }).toEqual({ seed, runId, script, ends: should });
      const { status, nodes } = await runs.view(runId);
      const failed = [...expected.values()].some(({ state }) => state === 'failed');
      expect({ seed, runId, status }).toEqual({ seed, runId, status: failed ? 'failed' : 'succeeded' });
      for (const [id, { state }] of expected) {
        expect({ seed, runId, id, status: nodes[id]?.status }).toEqual({ seed, runId, id, status: STATUS[state] });
      }
    }
    expect(runs.killed.size).toBeGreaterThanOrEqual(casesOf(200));
  });

  it('send nothing again whose step had ended, and what nobody can tell again under the same key', async () => {
    const arrivals = await runs.arrivals();
    expect(arrivals).toMatchObject({ hadEnded: 0, keysChanged: 0 });
    expect(arrivals.all).toBeGreaterThan(GRAPHS);
  });
});

import { casesOf } from '@snowflow/testing/cases-of';
import { setMaxListeners } from 'node:events';
import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import fc from 'fast-check';
import { flowOf, type PlannedFlowStep } from '../compile/flow-of-plan';
import { runFlow } from '../compile/compile-flow';
import { DuckDbRunner, planOf, type Rows, shown } from '../fixtures/duckdb-runner';
import { pausingWorkflow, type PausingWorkflow } from '../fixtures/random-pauses';
import type { StepOutcome } from '../run/step-outcome';
import { StepPaused } from '../run/step-paused';
import type { StepHandler } from '../run/step-ports';
import { hasStatement, stepFragment } from '../sql/compose-step';
import { livePorts } from '../sql/liveness';
import { stepValues } from '../sql/step-values';
import type { Plan } from './plan';

setMaxListeners(0);

/** One run of a workflow over all its executions, with what is kept of it. */
class RunOnDuckDb {
  readonly results = new Map<string, Rows>();
  private readonly kept: Record<string, string> = {};
  private readonly asked = new Set<string>();

  constructor(
    private readonly duckdb: DuckDbRunner,
    private readonly plan: Plan,
    private readonly decisions: PausingWorkflow['decisions'],
  ) {}

  /** Goes on behind what is kept, until it rests, ends or is killed in the step after `steps` more. */
  async execute(steps: number): Promise<string> {
    const crash = new AbortController();
    const outcomes = Object.fromEntries(
      Object.entries(this.kept).map(([id, outcome]) => [id, JSON.parse(outcome) as StepOutcome]),
    );
    let left = steps;
    const { state, failures } = await runFlow(flowOf(this.plan), {
      signal: crash.signal,
      decided: { outcomes, failures: [] },
      events: { finished: ({ id }, outcome) => void (this.kept[id] = JSON.stringify(outcome)) },
      handler: async (step, context) => {
        if (this.kept[step.id]) throw new Error(`${step.id} was kept and runs again`);
        const result = await this.handle(step, context);
        if (left-- === 0) crash.abort();
        crash.signal.throwIfAborted();
        return result;
      },
    });
    for (const { error } of failures) throw error;
    return state;
  }

  private readonly handle: StepHandler<PlannedFlowStep> = async ({ id, planned }, { inputs }) => {
    if (!hasStatement(planned)) {
      if (this.asked.has(id)) return this.decisions.has(id) ? { ports: [this.decisions.get(id) ?? ''] } : {};
      this.asked.add(id);
      throw new StepPaused({ for: 'approval' });
    }
    const fragment = stepFragment(this.plan, planned, livePorts(inputs));
    const literal = renderLiterals(fragment, stepValues(this.plan, planned, inputs, {}) as Record<string, string>);
    const text = literal.replaceAll(/TABLE\(RESULT_SCAN\('([^']+)'\)\)/g, '"$1"');
    if (planned.kind === 'condition') {
      return { ports: [(await this.duckdb.run(text)).rows.length > 0 ? 'true' : 'false'] };
    }
    if (this.plan.steps.some(({ dependsOn }) => dependsOn.includes(id))) {
      const ref = `result of ${id}`;
      // A result that is read again comes in no order.
      await this.duckdb.run(`CREATE OR REPLACE TABLE "${ref}" AS SELECT * FROM (${text}) ORDER BY random()`);
      return { ref };
    }
    this.results.set(id, await this.duckdb.run(text));
    return { ref: id };
  };
}

describe('A run that is killed and rests', () => {
  let duckdb: DuckDbRunner;
  beforeAll(async () => {
    duckdb = await DuckDbRunner.start();
  });
  afterAll(() => duckdb.stop());

  it('gives what its nodes give one by one, over random workflows with relations computed once, waits and approvals', async () => {
    let [read, rested, killed] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(pausingWorkflow, fc.array(fc.nat(6), { maxLength: 4 }), async (workflow, kills) => {
        for (const [name, table] of workflow.sources) await duckdb.create(name, table);
        const plan = planOf(workflow);
        const run = new RunOnDuckDb(duckdb, plan, workflow.decisions);
        const deaths = [...kills];
        let state = '';
        for (let executions = 0; state !== 'succeeded' && executions < 60; executions += 1) {
          state = await run.execute(deaths.pop() ?? Infinity);
          if (state === 'waiting') rested += 1;
          if (state === 'aborted') killed += 1;
        }
        expect(state).toBe('succeeded');
        read += plan.steps.filter(({ settings }) => settings.materialise).length;
        for (const [id, { table, ordered }] of workflow.expected) {
          expect([id, run.results.get(id)?.columns]).toEqual([id, table?.columns]);
          expect(shown(run.results.get(id)?.rows, ordered)).toEqual(shown(table?.rows, ordered));
        }
      }),
      { numRuns: casesOf(200) },
    );
    expect([read, rested, killed].every((times) => times > 50)).toBe(true);
  }, 180_000);
});

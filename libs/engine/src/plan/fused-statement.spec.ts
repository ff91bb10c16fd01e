import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import fc from 'fast-check';
import { DuckDbRunner, planOf, shown } from '../fixtures/duckdb-runner';
import { randomWorkflow } from '../fixtures/random-workflow';
import type { Outcomes, StepOutcome } from '../run/step-outcome';
import { composeStep, stepFragment } from '../sql/compose-step';
import { isStepLive, livePorts } from '../sql/liveness';
import type { Plan } from './plan';

describe('A fused statement', () => {
  let duckdb: DuckDbRunner;
  beforeAll(async () => {
    duckdb = await DuckDbRunner.start();
  });
  afterAll(() => duckdb.stop());

  it('gives what its nodes give one by one and what it gives with every column, and skips what a condition cut off', async () => {
    let narrower = 0;
    await fc.assert(
      fc.asyncProperty(randomWorkflow, async (workflow) => {
        for (const [name, table] of workflow.sources) await duckdb.create(name, table);
        const plan = planOf(workflow);
        const outcomes: Record<string, StepOutcome> = {};
        for (const step of plan.steps) {
          const live = isStepLive(plan, step, livePorts(outcomes));
          const [narrow, whole] = (['narrow', 'whole'] as const).map((width) =>
            live ? renderLiterals(stepFragment(plan, step, livePorts(outcomes), width)) : '',
          ) as [string, string];
          const result = live ? await duckdb.run(narrow) : undefined;
          if (narrow.length < whole.length) {
            narrower++;
            const all = await duckdb.run(whole);
            expect([all.columns, all.rows.length]).toEqual([result?.columns, result?.rows.length]);
            expect(shown(all.rows)).toEqual(shown(result?.rows));
          }
          if (step.kind === 'condition') {
            outcomes[step.id] = result
              ? { state: 'succeeded', ports: [result.rows.length > 0 ? 'true' : 'false'], ms: 0 }
              : { state: 'skipped', ms: 0 };
            continue;
          }
          const expected = workflow.expected.get(step.endsAt);
          expect(result?.columns).toEqual(expected?.table?.columns);
          expect(shown(result?.rows, expected?.ordered)).toEqual(shown(expected?.table?.rows, expected?.ordered));
          if (live) expect(placeholdersMatch(plan, step.id, outcomes)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
    expect(narrower).toBeGreaterThan(100);
  }, 120_000);
});

function placeholdersMatch(plan: Plan, step: string, outcomes: Outcomes): boolean {
  const { sql, binds } = composeStep(plan, step, outcomes);
  return sql.split('?').length === binds.length + 1;
}

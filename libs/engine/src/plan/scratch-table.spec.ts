import { sqlNodes } from '@snowflow/nodes/composers';
import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import fc from 'fast-check';
import { draw, tpch } from '../fixtures/draw';
import { DuckDbRunner, planOf, Rows, shown } from '../fixtures/duckdb-runner';
import { randomWorkflow, type RandomWorkflow } from '../fixtures/random-workflow';
import { tpchKnowledge } from '../fixtures/tpch-tables';
import type { StepOutcome } from '../run/step-outcome';
import { composeStep, planSteps, stepFragment } from '../sql/compose-step';
import { liveRelations } from '../sql/live-relations';
import { isStepLive, livePorts } from '../sql/liveness';
import { validate } from '../validate/validate';
import { makePlan, type PlanOptions } from './make-plan';
import type { Plan } from './plan';
import { planStepNamed } from './planned-node';
import { scratchName, withTables } from './scratch-table';

const place = { database: 'memory', schema: 'main' };

describe('Nodes whose rows are kept in tables', () => {
  let duckdb: DuckDbRunner;
  beforeAll(async () => {
    duckdb = await DuckDbRunner.start();
  });
  afterAll(() => duckdb.stop());

  /** DuckDB has neither transient tables nor their options. */
  const run = (sql: string) =>
    duckdb.run(
      sql.replace(/^CREATE OR REPLACE TRANSIENT TABLE (.*?) DATA_RETENTION.*? AS /, 'CREATE OR REPLACE TABLE $1 AS '),
    );

  /** The rows of every output, and whether their order counts; with the number of tables made on the way. */
  async function executed(
    plan: Plan,
  ): Promise<{ results: Map<string, { rows: Rows; ordered: boolean }>; tables: number }> {
    const outcomes: Record<string, StepOutcome> = {};
    const results = new Map<string, { rows: Rows; ordered: boolean }>();
    let tables = 0;
    for (const { id, kind, scratch } of plan.steps) {
      const isLive = livePorts(outcomes);
      const into = scratch && { ...scratch, name: scratchName('run_1', id), comment: "it's" };
      const named = withTables(plan, outcomes, id, into);
      const step = planStepNamed(named, id);
      if (!isStepLive(plan, step, isLive)) {
        outcomes[id] = { state: 'skipped', ms: 0 };
        continue;
      }
      const rows = await run(renderLiterals(stepFragment(named, step, isLive)));
      outcomes[id] = { state: 'succeeded', ms: 0 };
      if (into) {
        tables += 1;
        outcomes[id].table = { ...place, name: into.name };
      } else if (kind === 'condition') outcomes[id].ports = [rows.rows.length > 0 ? 'true' : 'false'];
      else results.set(id, { rows, ordered: (liveRelations(named, step, isLive).ofEnd?.order.length ?? 0) > 0 });
    }
    return { results, tables };
  }

  const keeping = (workflow: RandomWorkflow, kept: readonly boolean[]): RandomWorkflow => {
    const nodes = workflow.document.nodes.map((node, index) =>
      sqlNodes.has(node.type) && kept[index] ? { ...node, config: { ...node.config, materialiseAs: place } } : node,
    );
    return { ...workflow, document: { ...workflow.document, nodes } };
  };

  it('give the same columns and rows as fused, over random workflows', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(
        randomWorkflow,
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        async (workflow, kept) => {
          for (const [name, table] of workflow.sources) await duckdb.create(name, table);
          const { results: expected } = await executed(planOf(workflow));
          const { results, tables } = await executed(planOf(keeping(workflow, kept)));
          made += tables;
          expect([...results.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
          for (const [id, { rows, ordered }] of expected) {
            expect(results.get(id)?.rows.columns).toEqual(rows.columns);
            expect(results.get(id)?.ordered).toBe(ordered);
            // Among equals an order says nothing of who comes first.
            const isOrdered = ordered && workflow.expected.get(id)?.ordered === true;
            expect(shown(results.get(id)?.rows.rows, isOrdered)).toEqual(shown(rows.rows, isOrdered));
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(made).toBeGreaterThan(100);
  }, 120_000);

  const kept = { materialiseAs: { database: 'DB', schema: 'S "1"' } };
  const nations = (settings: object) =>
    draw(
      tpch('n', 'NATION'),
      ['f', 'shape.filter', { expression: 'N_REGIONKEY = 1', ...settings }, 'n'],
      ['out', 'output.result', { name: 'R' }, 'f'],
    );
  const planned = (document: ReturnType<typeof draw>, options: PlanOptions = {}) => {
    const { graph } = validate(document, tpchKnowledge(document));
    if (!graph) throw new Error('no graph');
    return makePlan(graph, options);
  };

  it('have a step of their own, whose table has quoted names and a comment for whoever owns the schema', () => {
    const plan = planned(nations(kept));
    const into = { database: 'DB', schema: 'S "1"', name: scratchName('run_1', 'f'), comment: "it's run_1" };
    expect(composeStep(plan, 'f', {}, {}, into).sql).toMatch(
      /^CREATE OR REPLACE TRANSIENT TABLE "DB"\."S ""1"""\."SNOWFLOW_SCRATCH_run_1_f" DATA_RETENTION_TIME_IN_DAYS = 0 COMMENT = 'it''s run_1' AS WITH/,
    );
    const outcomes = { f: { state: 'succeeded' as const, ms: 1, ref: 'q1', table: into } };
    const reader = composeStep(plan, 'out', outcomes);
    expect(reader.sql).toContain('FROM "DB"."S ""1"""."SNOWFLOW_SCRATCH_run_1_f"');
    expect(reader.binds).toEqual([]);
    expect(planSteps(plan)[0]?.sql).toContain('"SNOWFLOW_SCRATCH_<run>_f"');
  });

  it('are read by their result where an earlier run, set otherwise, has made no table', () => {
    const { sql, binds } = composeStep(planned(nations(kept)), 'out', { f: { state: 'succeeded', ms: 1, ref: 'q1' } });
    expect([sql.includes('RESULT_SCAN'), binds]).toEqual([true, ['q1']]);
  });

  it('make none where nobody reads them, up to which a run was asked for, and in a debug run', () => {
    const unread = draw(tpch('n', 'NATION'), ['f', 'shape.filter', { expression: 'TRUE', ...kept }, 'n']);
    const plans = [planned(unread), planned(nations(kept), { to: 'f' }), planned(nations(kept), { debugRows: 5 })];
    expect(plans.flatMap(({ steps }) => steps.filter(({ scratch }) => scratch))).toEqual([]);
  });

  it('are nodes that give rows of their own; on others the setting is a problem', () => {
    const document = draw(tpch('n', 'NATION'), ['out', 'output.result', { name: 'R', ...kept }, 'n']);
    expect(validate(document, tpchKnowledge(document)).problems).toEqual([
      expect.objectContaining({ severity: 'error', nodeId: 'out', path: 'materialiseAs', code: 'INVALID_CONFIG' }),
    ]);
  });

  it('need a schema, and say so at its field', () => {
    const document = nations({ materialiseAs: { database: 'DB' } });
    expect(validate(document, tpchKnowledge(document)).problems).toContainEqual(
      expect.objectContaining({ severity: 'error', nodeId: 'f', path: 'materialiseAs.schema', code: 'INVALID_CONFIG' }),
    );
  });
});

import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { literal } from '@snowflow/nodes/kit/sql/literal';
import { quoteIdentifier } from '@snowflow/nodes/kit/sql/quote-identifier';
import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import fc from 'fast-check';
import { RandomWorkflow, randomWorkflow } from '../fixtures/random-workflow';
import { isNumber, Table } from '../fixtures/table';
import type { Outcomes, StepOutcome } from '../run/step-outcome';
import { composeStep, stepFragment } from '../sql/compose-step';
import { isStepLive, livePorts } from '../sql/liveness';
import { validate } from '../validate/validate';
import { makePlan } from './make-plan';
import type { Plan } from './plan';

describe('A fused statement', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("SET default_null_order = 'nulls_last_on_asc_first_on_desc'; SET threads = 1");
  });
  afterAll(() => connection.closeSync());

  const run = async (sql: string) => {
    const result = await connection.runAndReadAll(sql.replaceAll('NUMBER(', 'DECIMAL('));
    const rows = result.getRows().map((row) => row.map((value) => (isWhole(value) ? Number(String(value)) : value)));
    return { columns: result.columnNames(), rows };
  };

  it('gives what its nodes give one by one and what it gives with every column, and skips what a condition cut off', async () => {
    let narrower = 0;
    await fc.assert(
      fc.asyncProperty(randomWorkflow, async (workflow) => {
        for (const [name, table] of workflow.sources) await create(run, name, table);
        const plan = planOf(workflow);
        const outcomes: Record<string, StepOutcome> = {};
        for (const step of plan.steps) {
          const live = isStepLive(plan, step, livePorts(outcomes));
          const [narrow, whole] = (['narrow', 'whole'] as const).map((width) =>
            live ? renderLiterals(stepFragment(plan, step, livePorts(outcomes), width)) : '',
          ) as [string, string];
          const result = live ? await run(narrow) : undefined;
          if (narrow.length < whole.length) {
            narrower++;
            const all = await run(whole);
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

function planOf({ document, sources }: RandomWorkflow): Plan {
  const knowledge = new Map(
    [...sources].map(([name, table]): [string, Knowledge] => [
      name,
      {
        state: 'found',
        columns: table.columns.map((column) => ({
          name: column,
          type: isNumber(column) ? 'NUMBER(18,0)' : 'VARCHAR(10)',
          nullable: true,
        })),
      },
    ]),
  );
  const { problems, graph } = validate(document, knowledge);
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  if (!graph) throw new Error('no graph');
  return JSON.parse(JSON.stringify(makePlan(graph))) as Plan;
}

async function create(run: (sql: string) => Promise<unknown>, name: string, { columns, rows }: Table): Promise<void> {
  const types = columns.map((column) => `${quoteIdentifier(column)} ${isNumber(column) ? 'BIGINT' : 'VARCHAR'}`);
  await run(`CREATE OR REPLACE TABLE ${name} (${types.join(', ')})`);
  if (rows.length === 0) return;
  await run(`INSERT INTO ${name} VALUES ${rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')}`);
}

function placeholdersMatch(plan: Plan, step: string, outcomes: Outcomes): boolean {
  const { sql, binds } = composeStep(plan, step, outcomes);
  return sql.split('?').length === binds.length + 1;
}

/** Rows without an order compare as a bag. */
function shown(rows: readonly (readonly unknown[])[] | undefined, ordered = false): string[] | undefined {
  const lines = rows?.map((row) => JSON.stringify(row));
  return ordered ? lines : lines?.toSorted();
}

const isWhole = (value: unknown) => typeof value === 'bigint' || (typeof value === 'object' && value !== null);

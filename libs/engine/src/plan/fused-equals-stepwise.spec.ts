import { sqlNodes } from '@snowflow/nodes/composers';
import { definitions } from '@snowflow/nodes/definitions';
import { portsOf } from '@snowflow/nodes/kit/node-ports';
import { selectAll } from '@snowflow/nodes/kit/relations';
import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import { identifier, sql } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Relation } from '@snowflow/nodes/kit/sql-node';
import fc from 'fast-check';
import { DuckDbRunner, planOf, Rows, shown } from '../fixtures/duckdb-runner';
import { fusedRows } from '../fixtures/fused-rows';
import { randomWorkflow } from '../fixtures/random-workflow';
import type { PortLiveness } from '../sql/liveness';
import type { Plan, PlannedInput } from './plan';

describe('Fused and node by node', () => {
  let duckdb: DuckDbRunner;
  beforeAll(async () => {
    duckdb = await DuckDbRunner.start();
  });
  afterAll(() => duckdb.stop());

  /** Runs each node's query over tables that hold the rows of its inputs; the outputs read such tables. */
  async function stepwise(plan: Plan, isLive: PortLiveness): Promise<Map<string, Rows>> {
    const made = new Map<string, Relation>();
    const results = new Map<string, Rows>();
    const reach = ({ source, sourcePort }: PlannedInput): Relation | undefined => {
      const node = plan.nodes[source];
      if (!node || sqlNodes.has(node.type)) return made.get(source);
      const [through] = node.inputs;
      return through && isLive(source, sourcePort) ? reach(through) : undefined;
    };
    for (const [id, node] of Object.entries(plan.nodes)) {
      const definition = definitions.get(node.type);
      const composer = sqlNodes.get(node.type);
      if (!definition) continue;
      const ports = portsOf(definition, node.config as Record<string, unknown>).inputs;
      const inputs = ports.map(
        ({ id: port }) => [port, node.inputs.filter((one) => one.port === port).map(reach)] as const,
      );
      if (inputs.some(([, relations]) => relations.every((relation) => relation === undefined))) continue;
      if (composer) {
        const context = { columns: node.columns, parameters: plan.parameters };
        const { query, hidden = [], order = [] } = composer.compose(node.config, Object.fromEntries(inputs), context);
        const from = identifier(`rows_of_${id}`);
        await duckdb.run(renderLiterals(sql`CREATE OR REPLACE TABLE ${from} AS ${query}`));
        made.set(id, { from, columns: node.columns, hidden, order });
      } else if (node.type === 'output.result') {
        const relation = inputs[0]?.[1][0];
        if (!relation) continue;
        results.set(id, await duckdb.run(renderLiterals(selectAll(relation))));
      }
    }
    return results;
  }

  it('give the same columns and rows, over random workflows of all relational nodes', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(randomWorkflow, async (workflow) => {
        for (const [name, table] of workflow.sources) await duckdb.create(name, table);
        const plan = planOf(workflow);
        const { results, isLive } = await fusedRows(duckdb, plan);
        const expected = await stepwise(plan, isLive);
        expect([...results.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
        for (const [id, rows] of expected) {
          const ordered = workflow.expected.get(id)?.ordered;
          expect(results.get(id)?.columns).toEqual(rows.columns);
          // In order only where the workflow settles it: equal rows of a sort by one column may come in any.
          expect(shown(results.get(id)?.rows, ordered)).toEqual(shown(rows.rows, ordered));
        }
        for (const { type } of Object.values(plan.nodes)) seen.add(type);
      }),
      { numRuns: 200 },
    );
    // Nothing of DuckDB stands in for a model or a semantic view.
    const isComputed = (type: string) => !['source.sql', 'source.semantic'].includes(type) && !type.startsWith('ai.');
    const relational = [...sqlNodes.keys()].filter(isComputed);
    expect(relational.filter((type) => !seen.has(type))).toEqual([]);
  }, 120_000);
});

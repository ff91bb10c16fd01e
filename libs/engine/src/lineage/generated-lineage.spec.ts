import fc from 'fast-check';
import { DuckDbRunner, knownSources, planOf, Rows, shown } from '../fixtures/duckdb-runner';
import { fusedRows } from '../fixtures/fused-rows';
import { randomWorkflow, RandomWorkflow } from '../fixtures/random-workflow';
import { Cell, isNumber, Table } from '../fixtures/table';
import { tracedWorkflow } from '../fixtures/traced-workflow';
import { PolyglotSqlParser } from '../sql/polyglot.sql-parser';
import { validate } from '../validate/validate';
import { LineageReader } from './follow-lineage';
import { lineageOf } from './lineage-of';

describe('Lineage over generated workflows', () => {
  let duckdb: DuckDbRunner;
  let parser: PolyglotSqlParser;
  beforeAll(async () => {
    duckdb = await DuckDbRunner.start();
    parser = await PolyglotSqlParser.create();
  });
  afterAll(() => duckdb.stop());

  function readerOf(workflow: Pick<RandomWorkflow, 'document' | 'sources' | 'described'>): LineageReader {
    const { graph } = validate(workflow.document, knownSources(workflow));
    if (!graph) throw new Error('no graph');
    return new LineageReader(lineageOf(graph, { parser }));
  }

  /** Every value of a column is another one than before. */
  function changed({ columns, rows }: Table, column: string): Table {
    const at = columns.indexOf(column);
    const other = (value: Cell): Cell => (isNumber(column) ? 5 - 2 * Number(value ?? 4) : value === 'a' ? 'B' : 'a');
    return { columns, rows: rows.map((row) => row.map((value, place) => (place === at ? other(value) : value))) };
  }

  const ofColumn = ({ columns, rows }: Rows, column: string, ordered: boolean) => {
    const at = columns.indexOf(column);
    return shown(
      rows.map((row) => [row[at]]),
      ordered,
    );
  };

  /** Which of the outputs' columns change with a source's column, each with what lineage says about it. */
  async function unexplained(workflow: RandomWorkflow): Promise<string[]> {
    const plan = planOf(workflow);
    const reader = readerOf(workflow);
    for (const [name, table] of workflow.sources) await duckdb.create(name, table);
    const { results: before } = await fusedRows(duckdb, plan);
    const missing: string[] = [];
    for (const [name, table] of workflow.sources) {
      for (const column of table.columns) {
        await duckdb.create(name, changed(table, column));
        const { results: after } = await fusedRows(duckdb, plan);
        for (const output of new Set([...before.keys(), ...after.keys()])) {
          const [was, is] = [before.get(output), after.get(output)];
          const ordered = workflow.expected.get(output)?.ordered ?? false;
          for (const shownColumn of (was ?? is)?.columns ?? []) {
            if (was && is && same(ofColumn(was, shownColumn, ordered), ofColumn(is, shownColumn, ordered))) continue;
            const { values, influences } = reader.originsOf(output, shownColumn);
            const isNamed = [...values, ...influences].some((one) => one.table === name && one.column === column);
            if (!isNamed) missing.push(`${output}.${shownColumn} changes with ${name}.${column}`);
          }
        }
      }
      await duckdb.create(name, table);
    }
    return missing;
  }

  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

  it('names every source column with which an output changes: workflows of all relational nodes', async () => {
    await fc.assert(
      fc.asyncProperty(randomWorkflow, async (workflow) => expect(await unexplained(workflow)).toEqual([])),
      { numRuns: 120 },
    );
  }, 240_000);

  it('names every source column with which an output changes: SQL of a person’s own between other nodes', async () => {
    await fc.assert(
      fc.asyncProperty(tracedWorkflow, async (workflow) => expect(await unexplained(workflow)).toEqual([])),
      { numRuns: 120 },
    );
  }, 240_000);

  it('says of every column of every node exactly which source columns it is made of', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(tracedWorkflow, (workflow) => {
        const reader = readerOf(workflow);
        for (const { id, columns } of workflow.steps) {
          expect(reader.graph.columns.get(id)).toEqual(columns.map(({ name }) => name));
          for (const { name, from } of columns) {
            const { values, unknown } = reader.originsOf(id, name);
            const sources = values.flatMap(({ table, column }) => (column === null ? [] : [`${table}.${column}`]));
            expect([id, name, sources.toSorted(), unknown]).toEqual([id, name, [...from].toSorted(), []]);
          }
        }
        workflow.document.nodes.forEach(({ type }) => seen.add(type));
      }),
      { numRuns: 500 },
    );
    expect([...seen].toSorted()).toEqual([
      'output.result',
      ...['aggregate', 'filter', 'join', 'pivot', 'select', 'sql', 'union', 'window'].map((name) => `shape.${name}`),
      'source.table',
    ]);
  });

  it('is the same both ways: a column goes into what comes from it', () => {
    fc.assert(
      fc.property(randomWorkflow, (workflow) => {
        const reader = readerOf(workflow);
        for (const [table, { columns }] of workflow.sources) {
          for (const column of columns) {
            const impact = reader
              .impactOf({ database: 'memory', schema: 'main', table, column })
              .flatMap(({ point, kind }) => (point.kind === 'column' ? [`${point.nodeId} ${point.name} ${kind}`] : []));
            const back = [...reader.graph.columns].flatMap(([node, names]) =>
              names.flatMap((name) => {
                const { values, influences } = reader.originsOf(node, name);
                const has = (list: typeof values) => list.some((one) => one.table === table && one.column === column);
                return has(values) ? `${node} ${name} value` : has(influences) ? `${node} ${name} influence` : [];
              }),
            );
            expect(impact.toSorted()).toEqual(back.toSorted());
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

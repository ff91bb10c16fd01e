import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { columnsOf } from '@snowflow/nodes/kit/columns-of';
import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import fc from 'fast-check';
import { draw, Drawn } from '../fixtures/draw';
import { stepFragment } from '../sql/compose-step';
import { allLive } from '../sql/liveness';
import type { WorkflowGraph } from '../validate/workflow-graph';
import { validate } from '../validate/validate';
import { makePlan } from './make-plan';

const COLUMNS = columnsOf('A NUMBER(18,0), B NUMBER(18,0), C VARCHAR(10), D VARCHAR(10)');
const KNOWN: Knowledge = { state: 'found', columns: COLUMNS };

/** Nodes over A to D that give A to D again, so that they may follow each other in any order. */
const SHAPES: readonly ((id: string, from: string) => readonly Drawn[])[] = [
  (id, from) => [[id, 'shape.distinct', {}, from]],
  (id, from) => [
    [
      `${id}w`,
      'shape.window',
      {
        partitionBy: ['C'],
        orderBy: [{ column: 'B', direction: 'asc' }],
        functions: [
          { function: 'sum', column: 'A', as: 'S' },
          { function: 'rank', as: 'R' },
        ],
      },
      from,
    ],
    [
      id,
      'shape.select',
      { columns: [{ column: 'S', as: 'A' }, { column: 'R', as: 'B' }, { column: 'C' }, { column: 'D' }] },
      `${id}w`,
    ],
  ],
  (id, from) => [
    [
      `${id}p`,
      'shape.pivot',
      {
        groupBy: ['B', 'C'],
        column: 'D',
        values: [{ value: 'x' }, { value: 'y' }],
        measure: { function: 'sum', column: 'A' },
      },
      from,
    ],
    [
      id,
      'shape.select',
      { columns: [{ column: 'x', as: 'A' }, { column: 'y', as: 'B' }, { column: 'C' }, { expression: 'C', as: 'D' }] },
      `${id}p`,
    ],
  ],
  ...[true, false].map((includeNulls) => (id: string, from: string): readonly Drawn[] => [
    [`${id}u`, 'shape.unpivot', { columns: ['A', 'B'], nameColumn: 'N', valueColumn: 'V', includeNulls }, from],
    [
      id,
      'shape.select',
      { columns: [{ column: 'V', as: 'A' }, { expression: '1', as: 'B' }, { column: 'N', as: 'C' }, { column: 'D' }] },
      `${id}u`,
    ],
  ]),
  (id, from) => [[id, 'shape.sort', { by: [{ column: 'A' }, { column: 'D', direction: 'desc' }] }, from]],
  (id, from) => [[id, 'shape.filter', { expression: 'a > 1 OR "C" = \'x\'' }, from]],
  (id, from) => [
    [
      `${id}v`,
      'source.values',
      {
        columns: [
          { name: 'A', type: 'number' },
          { name: 'E', type: 'string' },
        ],
        rows: [
          ['1', 'x'],
          ['2', 'y'],
        ],
      },
    ],
    [`${id}j`, 'shape.join', { how: 'left', on: [{ left: 'A', right: 'A' }] }, from, `${id}v`],
    [
      id,
      'shape.select',
      { columns: [{ column: 'A' }, { column: 'B' }, { column: 'C' }, { column: 'E', as: 'D' }] },
      `${id}j`,
    ],
  ],
];

const row = fc.tuple(
  fc.option(fc.integer({ min: 0, max: 3 })),
  fc.option(fc.integer({ min: 0, max: 3 })),
  fc.option(fc.constantFrom('x', 'y')),
  fc.option(fc.constantFrom('x', 'y')),
);

/** A chain of shapes, and at its end some of the columns, counted by the first of them. */
const chain = fc.record({
  rows: fc.array(row, { maxLength: 8 }),
  shapes: fc.array(fc.nat(SHAPES.length - 1), { minLength: 1, maxLength: 4 }),
  shown: fc.subarray(['A', 'B', 'C', 'D'], { minLength: 1 }),
  counts: fc.boolean(),
});

describe('A narrow statement', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run('SET threads = 1; CREATE TABLE t (A BIGINT, B BIGINT, C VARCHAR, D VARCHAR)');
  });
  afterAll(() => connection.closeSync());

  const rowsOf = async (sql: string) => {
    const result = await connection.runAndReadAll(sql.replaceAll('NUMBER(', 'DECIMAL('));
    return [result.columnNames(), result.getRows().map(String).toSorted()];
  };

  it('gives what the statement with every column gives, whatever shapes follow each other', async () => {
    let narrower = 0;
    await fc.assert(
      fc.asyncProperty(chain, async ({ rows, shapes, shown, counts }) => {
        await connection.run('DELETE FROM t');
        for (const values of rows) await connection.run('INSERT INTO t VALUES (?, ?, ?, ?)', [...values]);
        const plan = makePlan(drawn(shapes, shown, counts));
        for (const step of plan.steps) {
          const [narrow, whole] = (['narrow', 'whole'] as const).map((width) =>
            renderLiterals(stepFragment(plan, step, allLive, width)),
          ) as [string, string];
          if (narrow.length < whole.length) narrower++;
          expect(await rowsOf(narrow)).toEqual(await rowsOf(whole));
        }
      }),
      { numRuns: 300 },
    );
    expect(narrower).toBeGreaterThan(200);
  }, 120_000);
});

function drawn(shapes: readonly number[], shown: readonly string[], counts: boolean): WorkflowGraph {
  const nodes: Drawn[] = [['s', 'source.table', { database: 'memory', schema: 'main', table: 't' }]];
  let last = 's';
  shapes.forEach((shape, index) => {
    nodes.push(...(SHAPES[shape]?.(`n${index}`, last) ?? []));
    last = `n${index}`;
  });
  const columns = shown.map((column) => ({ column }));
  nodes.push(['some', 'shape.select', { columns }, last]);
  const measures = [{ function: 'count', as: 'N' }];
  if (counts) nodes.push(['count', 'shape.aggregate', { groupBy: shown.slice(0, 1), measures }, 'some']);
  nodes.push(['out', 'output.result', { name: 'R' }, counts ? 'count' : 'some']);
  const { problems, graph } = validate(draw(...nodes), new Map([['s', KNOWN]]));
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (!graph || errors.length > 0) throw new Error(JSON.stringify(errors));
  return graph;
}

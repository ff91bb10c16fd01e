import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { tpchKnowledge } from '@snowflow/engine/fixtures/tpch-tables';
import { makePlan } from '@snowflow/engine/plan/make-plan';
import type { Plan } from '@snowflow/engine/plan/plan';
import { stepFragment } from '@snowflow/engine/sql/compose-step';
import { allLive } from '@snowflow/engine/sql/liveness';
import { resultName } from '@snowflow/engine/sql/result-relation';
import { validate } from '@snowflow/engine/validate/validate';
import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import { startStack } from '@snowflow/testing/stack';
import { type DirectConnection, openDirect } from '../test/support/direct-sql';
import { DocumentBuilder } from '../test/support/document-builder';
import type { Row } from './report';

const SETUP = `CREATE TABLE DEMO.PUBLIC.LINEITEM AS
  SELECT L.* FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.LINEITEM L CROSS JOIN (SELECT R_REGIONKEY FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.REGION) R`;
const SLOW = 7;
const QUICK = 120;
const LINES = { database: 'DEMO', schema: 'PUBLIC', table: 'LINEITEM' };
const SHIPPED = { conditions: [{ column: 'L_SHIPDATE', operator: 'gte', value: '1998-06-01' }] };
const COMPUTED = {
  keepOthers: true,
  columns: [{ expression: 'L_EXTENDEDPRICE * (1 - L_DISCOUNT)', as: 'REVENUE' }],
};
const RENAMED = { keepOthers: true, columns: [{ column: 'L_EXTENDEDPRICE', as: 'REVENUE' }] };

type Select = typeof RENAMED | typeof COMPUTED;
type Width = 'narrow' | 'whole';

/** What the planner's rewriting is worth on the local warehouse: fused against node by node, narrow against whole, filters late against early. */
export async function run(): Promise<Row[]> {
  const stack = await startStack({});
  const connection = await openDirect(stack.warehouseUrl);
  try {
    await connection.run(SETUP);
    const rows: Row[] = [];
    for (const name of ['tpch-q3', 'tpch-q5', 'tpch-q10']) rows.push(...(await fused(connection, name)));
    rows.push(...(await narrow(connection, 'tpch-q10', tpch('tpch-q10'))));
    rows.push(...(await narrow(connection, 'one filter, two aggregates, joined', readTwice())));
    rows.push(...(await filters(connection, 'renames', RENAMED)));
    rows.push(...(await filters(connection, 'computes', COMPUTED)));
    return rows;
  } finally {
    await connection.close();
    await stack.stop();
  }
}

function tpch(name: string): WorkflowDocument {
  const file = join(__dirname, '../../test/workflows', `${name}.json`);
  return workflowDocument.parse(JSON.parse(readFileSync(file, 'utf8')));
}

async function fused(connection: DirectConnection, name: string): Promise<Row[]> {
  const one = planOf(tpch(name));
  const many = planOf(computedOnce(tpch(name)));
  const [apart, together] = await byTurns(
    SLOW,
    () => execute(connection, many),
    () => execute(connection, one),
  );
  return [
    { what: `${name}, node by node`, value: figures(many.steps.length, apart), compared: '1' },
    { what: `${name}, fused`, value: figures(one.steps.length, together), compared: ratio(together, apart) },
  ];
}

async function narrow(connection: DirectConnection, what: string, document: WorkflowDocument): Promise<Row[]> {
  const plan = planOf(document);
  const [whole, less] = await byTurns(
    QUICK,
    () => execute(connection, plan, 'whole'),
    () => execute(connection, plan),
  );
  const letters = (width: Width) =>
    plan.steps.map(({ id }) => literals(plan, id, width).length).reduce((sum, one) => sum + one, 0);
  const value = (width: Width, ms: number) => `${letters(width)} letters, p50 ${ms.toFixed(1)} ms`;
  return [
    { what: `${what}, every column`, value: value('whole', whole), compared: '1' },
    { what: `${what}, columns needed`, value: value('narrow', less), compared: ratio(less, whole) },
  ];
}

async function filters(connection: DirectConnection, does: string, select: Select): Promise<Row[]> {
  const late = planOf(filtered('late', select));
  const early = planOf(filtered('early', select));
  const [last, first] = await byTurns(
    QUICK,
    () => execute(connection, late),
    () => execute(connection, early),
  );
  return [
    { what: `300,000 lines, filter behind a select that ${does}`, value: figures(1, last), compared: '1' },
    { what: `300,000 lines, filter before one that ${does}`, value: figures(1, first), compared: ratio(first, last) },
  ];
}

function filtered(when: 'early' | 'late', select: Select): WorkflowDocument {
  const document = new DocumentBuilder('Filtered').node('lines', 'source.table', LINES);
  if (when === 'early') {
    document.node('recent', 'shape.filter', SHIPPED, 'lines').node('selected', 'shape.select', select, 'recent');
  } else {
    document.node('selected', 'shape.select', select, 'lines').node('recent', 'shape.filter', SHIPPED, 'selected');
  }
  return document
    .node('sum', 'shape.aggregate', summed('REVENUE'), when === 'early' ? 'selected' : 'recent')
    .node('result', 'output.result', { name: 'Sum', view: 'table' }, 'sum')
    .build();
}

/** The median times of two things done by turns, so that whatever else the machine does slows both. */
async function byTurns(count: number, one: () => Promise<void>, other: () => Promise<void>): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let turn = -1; turn < count; turn++) {
    const pair = [...[one, other].entries()];
    for (const [index, work] of turn % 2 === 0 ? pair : pair.toReversed()) {
      const from = performance.now();
      await work();
      if (turn >= 0) times[index]?.push(performance.now() - from);
    }
  }
  const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(count / 2)] ?? Number.NaN;
  return [median(times[0]), median(times[1])];
}

function readTwice(): WorkflowDocument {
  return new DocumentBuilder('Read twice')
    .node('lines', 'source.table', LINES)
    .node('recent', 'shape.filter', SHIPPED, 'lines')
    .node('price', 'shape.aggregate', summed('L_EXTENDEDPRICE'), 'recent')
    .node('pieces', 'shape.aggregate', summed('L_QUANTITY'), 'recent')
    .node(
      'both',
      'shape.join',
      { on: [{ left: 'L_SHIPMODE', right: 'L_SHIPMODE' }] },
      { left: 'price', right: 'pieces' },
    )
    .node('result', 'output.result', { name: 'Both', view: 'table' }, 'both')
    .build();
}

function summed(column: string) {
  return { groupBy: ['L_SHIPMODE'], measures: [{ function: 'sum', column, as: `SUM_${column}` }] };
}

function computedOnce(document: WorkflowDocument): WorkflowDocument {
  const nodes = document.nodes.map((node) =>
    node.type.startsWith('output.') ? node : { ...node, config: { ...node.config, materialise: true } },
  );
  return { ...document, nodes };
}

interface PlannedDocument extends Plan {
  document: WorkflowDocument;
}

function planOf(document: WorkflowDocument): PlannedDocument {
  const { problems, graph } = validate(document, tpchKnowledge(document));
  const error = problems.find(({ severity }) => severity === 'error');
  if (!graph || error) throw new Error(error?.message ?? 'no graph');
  return { ...makePlan(graph), document };
}

/** Each step in order, as a table that later ones read; the last one's rows are read. */
async function execute(connection: DirectConnection, plan: PlannedDocument, width: Width = 'narrow'): Promise<void> {
  for (const { id } of plan.steps.slice(0, -1)) {
    await connection.run(`CREATE OR REPLACE TABLE ${tableOf(id)} AS ${literals(plan, id, width)}`);
  }
  await connection.rows(literals(plan, plan.steps.at(-1)?.id ?? '', width));
}

const tableOf = (id: string) => `DEMO.PUBLIC."STEP ${id}"`;

/** A step's statement over the tables of earlier steps: what the local warehouse takes to read a result again is not what Snowflake does. */
function literals(plan: PlannedDocument, stepId: string, width: Width): string {
  const step = plan.steps.find(({ id }) => id === stepId);
  if (!step) throw new Error(`There is no step ${stepId}`);
  const defaults = plan.document.parameters.map((one) => [one.name, one.default ?? null]);
  const results = plan.steps.map(({ id }) => [resultName(id), id]);
  const text = renderLiterals(stepFragment(plan, step, allLive, width), Object.fromEntries([...defaults, ...results]));
  return plan.steps.reduce((sql, { id }) => sql.replaceAll(`TABLE(RESULT_SCAN('${id}'))`, tableOf(id)), text);
}

const figures = (statements: number, p50Ms: number) =>
  `${statements} statement${statements === 1 ? '' : 's'}, p50 ${p50Ms.toFixed(1)} ms`;

const ratio = (one: number, other: number) => `${(one / other).toPrecision(2)} of it`;

import { setMaxListeners } from 'node:events';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { runFlow } from '@snowflow/engine/compile/compile-flow';
import { flowOf } from '@snowflow/engine/compile/flow-of-plan';
import type { Plan } from '@snowflow/engine/plan/plan';
import type { Flow } from '@snowflow/engine/run/flow';
import { runWithPromises } from '@snowflow/engine/run/promise-oracle';
import { startStack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from '../test/support/api-client';
import { type DirectConnection, openDirect } from '../test/support/direct-sql';
import { overResults, planOf, statementsOf } from './graphs/direct-plan';
import { drawnGraph, nodeByNode } from './graphs/drawn-graph';
import { stateGraphOf } from './graphs/state-graph';
import { measureFor, type Measured } from './measure';
import type { Row } from './report';

/** Of each configuration. */
const SECONDS = 2.5;
const AT_ONCE = 8;
/** Statements over the results of others: the local warehouse makes a table of each. */
const CHAINS_AT_ONCE = 2;
/** A run of more statements than these takes longer than what is measured here. */
const CHAINED_AT_MOST = 200;
const ALONE = { seconds: SECONDS, concurrency: 1 };
const TOGETHER = { seconds: SECONDS, concurrency: AT_ONCE };
const GOAL_PER_SECOND = 85;
const SIZES: readonly [nodes: number, regions: number][] = [
  [5, 1],
  [50, 1],
  [200, 1],
  [200, 4],
  [500, 1],
];

interface Drawn {
  what: string;
  document: WorkflowDocument;
  plan: Plan;
}

/** Runs a second of the same graphs: durable through the API, by the engine alone, by plain promises, and as plain LangGraph writes them. */
export async function run(): Promise<Row[]> {
  setMaxListeners(0);
  const stack = await startStack({ env: { THROTTLE_REQUESTS_PER_MINUTE: '1000000', WAREHOUSE_MEMORY_MB: '2048' } });
  const connection = await openDirect(stack.warehouseUrl);
  try {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const rows: Row[] = [];
    for (const [nodes, regions] of SIZES) {
      const document = drawnGraph(nodes, regions);
      const statements = `${regions} statement${regions === 1 ? '' : 's'}`;
      const drawn = { what: `${nodes} nodes, ${statements}`, document, plan: planOf(document) };
      rows.push(...(await withoutWarehouse(drawn)), ...(await withWarehouse(drawn, connection, api)));
    }
    return rows;
  } finally {
    await connection.close();
    await stack.stop();
  }
}

/** Steps do nothing: what remains is planning and the executor's own work. */
async function withoutWarehouse({ what, document, plan }: Drawn): Promise<Row[]> {
  const nothing = async () => ({ rowCount: 0 });
  const ofNodes = flowOfNodes(document);
  const stateGraph = stateGraphOf(document, async () => '');
  const plain = await measureFor(async () => void (await runWithPromises(ofNodes, { handler: nothing })), ALONE);
  const langGraph = await measureFor(async () => void (await stateGraph()), ALONE);
  const fused = await measureFor(async () => void (await runFlow(flowOf(plan), { handler: nothing })), ALONE);
  const planned = await measureFor(async () => {
    const made = planOf(document);
    const statements = statementsOf(made);
    await runFlow(flowOf(made), { handler: async ({ id }) => ({ ref: statements.get(id) }) });
  }, ALONE);
  return [
    { what: `${what}: no-op nodes, plain promises`, value: told(plain), compared: '1' },
    { what: 'the same as a plain StateGraph', value: told(langGraph), compared: times(langGraph, plain) },
    { what: 'our engine: the plan, steps do nothing', value: told(fused), compared: times(fused, plain) },
    {
      what: 'validated, planned and composed anew for each run',
      value: told(planned),
      compared: `${times(planned, plain)}, ${times(planned, langGraph).replace(' of it', '')} of StateGraph${goal(document, planned)}`,
    },
  ];
}

/** Steps are statements against the local warehouse. */
async function withWarehouse({ what, document, plan }: Drawn, connection: DirectConnection, api: ApiClient) {
  const fused = statementsOf(plan);
  const flow = flowOf(plan);
  const handler = async ({ id }: { id: string }) => ({ ref: await connection.submit(fused.get(id) ?? '') });
  const plain = await measureFor(async () => void (await runWithPromises(flow, { handler })), TOGETHER);
  const engine = await measureFor(async () => void (await runFlow(flow, { handler })), TOGETHER);
  const chained = document.nodes.length <= CHAINED_AT_MOST ? await nodesAsStatements(document, plain, connection) : [];
  const saved = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition: document } });
  const durable = await measureFor(async () => {
    const ended = await runToEnd(api, { workflowId: saved.body.id });
    if (ended.status !== 'succeeded') throw new Error(`A run ended as ${ended.status}: ${JSON.stringify(ended.error)}`);
  }, TOGETHER);
  return [
    { what: `${what}: sent to the warehouse, plain promises, c=${AT_ONCE}`, value: told(plain), compared: '1' },
    { what: 'our engine, nothing stored', value: told(engine), compared: times(engine, plain) },
    ...chained,
    {
      what: 'durable, through the API',
      value: told(durable),
      compared: `${times(durable, plain)}${goal(document, durable)}`,
    },
  ];
}

/** What fusing is worth: a statement for each node, over the results of those before it. */
async function nodesAsStatements(document: WorkflowDocument, plain: Measured, connection: DirectConnection) {
  const apart = statementsOf(planOf(nodeByNode(document)));
  const stateGraph = stateGraphOf(document, (id, results) =>
    connection.submit(overResults(apart.get(id) ?? '', results)),
  );
  const options = { seconds: SECONDS, concurrency: CHAINS_AT_ONCE };
  const langGraph = await measureFor(async () => void (await stateGraph()), options);
  const what = `plain StateGraph, ${apart.size} statements, c=${CHAINS_AT_ONCE}`;
  return [{ what, value: told(langGraph), compared: times(langGraph, plain) }];
}

function flowOfNodes({ nodes, edges }: WorkflowDocument): Flow {
  const sourcesOf = (id: string) => edges.filter(({ target }) => target === id).map(({ source }) => source);
  return { steps: nodes.map(({ id }) => ({ id, dependsOn: sourcesOf(id) })) };
}

const goal = ({ nodes }: WorkflowDocument, { perSecond }: Measured) =>
  nodes.length === 200 ? `; goal: ${GOAL_PER_SECOND}/s ${perSecond >= GOAL_PER_SECOND ? 'reached' : 'missed'}` : '';

const told = ({ perSecond, p50Ms }: Measured) => `${plainly(perSecond)}/s, p50 ${plainly(p50Ms)} ms`;

const times = (one: Measured, other: Measured) => `${plainly(one.perSecond / other.perSecond)} of it`;

/** Three digits that say something, whatever the magnitude. */
const plainly = (value: number) => Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });

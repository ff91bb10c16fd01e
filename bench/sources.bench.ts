import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, type Stack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from '../test/support/api-client';
import { directSql } from '../test/support/direct-sql';
import { DocumentBuilder } from '../test/support/document-builder';
import type { Row } from './report';

const SIZES = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const GROUPS = 1_000;
const RUNS_EACH = 10;
/** From here on a run takes so long that fewer have to do. */
const LARGE = 10_000_000;
const RUNS_OF_LARGE = 3;
/** Before the first look: what a process loads and compiles once is no growth with the source. */
const WARM_UP = 60;
const GOAL_MB = 25;
const COLLECTION_MS = 20_000;
const WAREHOUSE = 'local-warehouse';

/** Rows of a source -> aggregate -> a table, from a thousand to ten million rows: what the services' memory has to do with it. */
export async function run(): Promise<Row[]> {
  const hook = join(__dirname, 'load/collect-on-signal.js');
  const stack = await startStack({
    replicas: 1,
    env: {
      NODE_OPTIONS: `--require ${hook}`,
      THROTTLE_REQUESTS_PER_MINUTE: '1000000',
      WAREHOUSE_MEMORY_MB: '2048',
    },
  });
  try {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const rows: Row[] = [];
    const memory: Record<string, Held>[] = [];
    for (const size of SIZES) {
      await directSql(stack.warehouseUrl, sourceOf(size));
      if (memory.length === 0) await directSql(stack.warehouseUrl, totalsOf(size));
      for (let turn = 0; turn < (memory.length === 0 ? WARM_UP : 1); turn++) await aggregate(api, size);
      const count = size < LARGE ? RUNS_EACH : RUNS_OF_LARGE;
      const startedAt = performance.now();
      for (let turn = 0; turn < count; turn++) await aggregate(api, size);
      const eachMs = (performance.now() - startedAt) / count;
      memory.push(await collected(stack));
      rows.push({ what: `${size.toLocaleString('en')} rows -> table`, value: `${eachMs.toFixed(0)} ms`, compared: '' });
    }
    return [...rows, ...Object.keys(stack.pids).map((app) => growth(app, memory))];
  } finally {
    await stack.stop();
  }
}

const tableOf = (size: number) => `ROWS_${size}`;

const sourceOf = (size: number) =>
  `CREATE OR REPLACE TABLE DEMO.PUBLIC.${tableOf(size)} AS
   SELECT SEQ8() AS ID, MOD(SEQ8(), ${GROUPS}) AS PART, MOD(SEQ8() * 7919, 1000003) AS AMOUNT FROM TABLE(GENERATOR(ROWCOUNT => ${size}))`;

const totalsOf = (size: number) =>
  `CREATE TABLE DEMO.PUBLIC.TOTALS AS SELECT PART, SUM(AMOUNT) AS TOTAL FROM DEMO.PUBLIC.${tableOf(size)} GROUP BY PART`;

async function aggregate(api: ApiClient, size: number): Promise<void> {
  const definition = new DocumentBuilder(`${size} rows`)
    .node('rows', 'source.table', { database: 'DEMO', schema: 'PUBLIC', table: tableOf(size) })
    .node(
      'by-part',
      'shape.aggregate',
      { groupBy: ['PART'], measures: [{ function: 'sum', column: 'AMOUNT', as: 'TOTAL' }] },
      'rows',
    )
    .node('table', 'output.table', { database: 'DEMO', schema: 'PUBLIC', table: 'TOTALS', mode: 'replace' }, 'by-part')
    .build();
  const ended = await runToEnd(api, { definition }, 60);
  const written = ended.nodes['table']?.rowCount;
  if (ended.status !== 'succeeded' || written !== Math.min(size, GROUPS)) {
    throw new Error(`The run of ${size} rows is ${ended.status} with ${written} rows: ${JSON.stringify(ended.error)}`);
  }
}

/** Megabytes of a process once it has collected its garbage. */
interface Held {
  resident: number;
  /** By JavaScript: its heap and buffers. Resident memory also shrinks when the kernel takes back what is idle. */
  heap: number;
}

/** What each process holds, by app. Linux only. */
async function collected(stack: Stack): Promise<Record<string, Held>> {
  const processes = Object.entries(stack.pids).flatMap(([app, [pid]]) => (pid === undefined ? [] : [{ app, pid }]));
  const all = processes.map(async ({ app, pid }) => [app, await afterCollection(stack, pid)] as const);
  return Object.fromEntries(await Promise.all(all));
}

async function afterCollection(stack: Stack, pid: number): Promise<Held> {
  const said = () => [...stack.logs().matchAll(new RegExp(`collected by ${pid}, held (\\d+)`, 'g'))];
  const before = said().length;
  process.kill(pid, 'SIGUSR2');
  const [, bytes] = await eventually(() => said()[before] ?? false, COLLECTION_MS);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return { resident: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024, heap: Number(bytes) / 1_048_576 };
}

function growth(app: string, memory: readonly Record<string, Held>[]): Row {
  const of = (kind: keyof Held) => memory.map((all) => all[app]?.[kind] ?? Number.NaN);
  const grown = (kind: keyof Held) => (of(kind).at(-1) ?? Number.NaN) - (of(kind)[0] ?? Number.NaN);
  const signed = (mb: number) => `${mb < 0 ? '' : '+'}${mb.toFixed(0)} MB`;
  const goal = `goal: below ${GOAL_MB} MB ${Math.max(grown('resident'), grown('heap')) < GOAL_MB ? 'reached' : 'missed'}`;
  return {
    what: `${app}, resident after a collection, by source from small to large`,
    value: `${of('resident')
      .map((mb) => mb.toFixed(0))
      .join(', ')} MB`,
    compared: `${signed(grown('resident'))}, heap and buffers ${signed(grown('heap'))}; ${app === WAREHOUSE ? 'not counted: it holds the data' : goal}`,
  };
}

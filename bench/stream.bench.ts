import { readFileSync } from 'node:fs';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from '../test/support/api-client';
import { DocumentBuilder } from '../test/support/document-builder';
import { openDirect } from '../test/support/direct-sql';
import type { Row } from './report';

const ROWS = 1_000_000;
const SQL = `SELECT SEQ8() AS ID, 'customer ' || SEQ8() AS NAME, (SEQ8() * 7919) % 1000003 / 100 AS AMOUNT, DATEADD('day', SEQ8() % 3650, '2015-01-01'::DATE) AS DAY FROM TABLE(GENERATOR(ROWCOUNT => ${ROWS}))`;

const definition = new DocumentBuilder('A million rows')
  .node('rows', 'source.sql', { sql: SQL })
  .node('result', 'output.result', { name: 'All', view: 'table' }, 'rows')
  .build();

/** A million rows as CSV through the API, beside the bare driver reading the same statement's result in the same run. */
export async function run(): Promise<Row[]> {
  const stack = await startStack({ replicas: 1, env: { THROTTLE_REQUESTS_PER_MINUTE: '1000000' } });
  try {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const ended = await runToEnd(api, { definition }, 120);
    if (ended.status !== 'succeeded') throw new Error(`The run is ${ended.status}: ${JSON.stringify(ended.error)}`);
    const path = `/runs/${ended.id}/nodes/result/result.csv`;
    await stream(api, path);
    const driver = best([await driverRows(stack), await driverRows(stack)]);
    const before = memory(stack);
    const watching = watch(stack);
    const ours = best([await stream(api, path), await stream(api, path)]);
    const peak = watching.stop();
    return [
      { what: `${ROWS.toLocaleString('en')} rows by the bare driver`, value: `${rate(driver)} rows/s`, compared: '1' },
      {
        what: 'the same as CSV through the API',
        value: `${rate(ours)} rows/s`,
        compared: `${(ours / driver).toFixed(2)} of the driver (goal: 0.6)`,
      },
      ...Object.entries(peak).map(([app, bytes]) => ({
        what: `growth of ${app} meanwhile (resident)`,
        value: `${((bytes - (before[app] ?? 0)) / 1_048_576).toFixed(0)} MB`,
        compared: 'goal: below 100 MB',
      })),
    ];
  } finally {
    await stack.stop();
  }
}

const best = (rates: number[]) => Math.max(...rates);
const rate = (perSecond: number) => Math.round(perSecond).toLocaleString('en');

async function driverRows({ warehouseUrl }: Stack): Promise<number> {
  const connection = await openDirect(warehouseUrl);
  try {
    const queryId = await connection.submit(SQL);
    const startedAt = performance.now();
    const count = await connection.count(queryId);
    if (count !== ROWS) throw new Error(`The driver read ${count} rows`);
    return (ROWS / (performance.now() - startedAt)) * 1000;
  } finally {
    await connection.close();
  }
}

async function stream(api: ApiClient, path: string): Promise<number> {
  const startedAt = performance.now();
  const response = await api.send('GET', path);
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
  let lines = 0;
  for await (const piece of response.body) {
    for (const byte of piece) if (byte === 10) lines += 1;
  }
  if (lines !== ROWS + 1) throw new Error(`The stream had ${lines} lines`);
  return (ROWS / (performance.now() - startedAt)) * 1000;
}

const WATCHED = ['gateway', 'connection-manager'];

/** Resident bytes of each process that rows pass through. */
function memory({ pids }: Stack): Record<string, number> {
  return Object.fromEntries(
    WATCHED.map((app) => {
      const status = readFileSync(`/proc/${pids[app]?.[0]}/status`, 'utf8');
      return [app, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024];
    }),
  );
}

function watch(stack: Stack) {
  const peak = memory(stack);
  const timer = setInterval(() => {
    for (const [app, bytes] of Object.entries(memory(stack))) peak[app] = Math.max(peak[app] ?? 0, bytes);
  }, 50);
  return {
    stop(): Record<string, number> {
      clearInterval(timer);
      return peak;
    },
  };
}

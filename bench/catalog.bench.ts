import { readFileSync } from 'node:fs';
import type { SearchReply } from '@snowflow/contracts/catalog/search.dto';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, type Stack } from '@snowflow/testing/stack';
import { ApiClient } from '../test/support/api-client';
import { summed } from './measure';
import type { Row } from './report';

const OBJECTS = 100_000;
const ROUNDS = 20;
const READING_MS = 180_000;
const GOALS = { pageMs: 300, keystrokeMs: 200 };
/** What people type, a keystroke at a time. */
const TYPED = ['customer_risk_00', 'sales_estate_001.sales_00.ord', 'web_estate', 'lineitem', 'nation_people_04'];

/** A catalog of 100,000 objects, through the gateway: its first page, searches by keystroke, and the memory that they take. */
export async function run(): Promise<Row[]> {
  const stack = await startStack({
    replicas: 1,
    env: { WAREHOUSE_MADE_UP_TABLES: String(OBJECTS), THROTTLE_REQUESTS_PER_MINUTE: '1000000' },
  });
  try {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const idle = memoryOf(stack);
    const pages = await timed(ROUNDS, async () => {
      await api.call('POST', '/catalog/refresh');
      return () => answered(api, '/catalog/sources?database=SALES_ESTATE_001&schema=SALES_00&limit=50');
    });
    await api.call('POST', '/catalog/refresh');
    const first = await timed(1, async () => () => answered(api, '/catalog/search?q=customer'));
    const from = performance.now();
    const { counts } = await eventually(() => complete(api), READING_MS);
    const readMs = performance.now() - from;
    const keys = TYPED.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));
    const keystrokes: number[] = [];
    for (const q of keys) {
      const path = `/catalog/search?limit=50&q=${encodeURIComponent(q)}`;
      keystrokes.push(...(await timed(3, async () => () => answered(api, path))));
    }
    const [page, key] = [summed(pages, 1), summed(keystrokes, 1)];
    const found = counts.reduce((sum, { count }) => sum + count, 0);
    const after = memoryOf(stack);
    return [
      row(
        'first page of a schema, nothing cached',
        `p50 ${ms(page.p50Ms)}, p95 ${ms(page.p95Ms)}`,
        page.p95Ms,
        GOALS.pageMs,
      ),
      row('first search, answered by Snowflake itself', ms(first[0] ?? Number.NaN), first[0] ?? Number.NaN, undefined),
      row('all that the role may see, read behind it', `${(readMs / 1000).toFixed(1)} s`, found, undefined),
      row(
        `keystroke, ${keystrokes.length} of them`,
        `p50 ${ms(key.p50Ms)}, p95 ${ms(key.p95Ms)}`,
        key.p95Ms,
        GOALS.keystrokeMs,
      ),
      {
        what: 'catalog, resident',
        value: `${after.toFixed(0)} MB`,
        compared: `${idle.toFixed(0)} MB before the first request`,
      },
    ];
  } finally {
    await stack.stop();
  }
}

const ms = (time: number) => `${time.toFixed(0)} ms`;

function row(what: string, value: string, measured: number, goal: number | undefined): Row {
  if (goal === undefined) return { what, value, compared: '' };
  return { what, value, compared: `goal: p95 below ${goal} ms ${measured < goal ? 'reached' : 'missed'}` };
}

/** How long each of `count` calls takes; what `prepare` does before them is not counted. */
async function timed(count: number, prepare: () => Promise<() => Promise<unknown>>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const call = await prepare();
    const from = performance.now();
    await call();
    times.push(performance.now() - from);
  }
  return times;
}

async function answered<Body>(api: ApiClient, path: string): Promise<Body> {
  const { status, body } = await api.call<Body>('GET', path);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body;
}

async function complete(api: ApiClient): Promise<SearchReply | false> {
  const reply = await answered<SearchReply>(api, '/catalog/search?q=_');
  return reply.complete ? reply : false;
}

/** Megabytes that the catalog's process has resident. Linux only. */
function memoryOf(stack: Stack): number {
  const [pid] = stack.pids['catalog'] ?? [];
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

import { startStack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from '../test/support/api-client';
import { DocumentBuilder } from '../test/support/document-builder';
import { openDirect } from '../test/support/direct-sql';
import { measure } from './measure';
import type { Row } from './report';

/** A source, three shapes and an output: five nodes, one statement, one checkpoint. */
const fiveNodes = new DocumentBuilder('Five nodes')
  .tpch('nations', 'NATION')
  .node('some', 'shape.filter', { conditions: [{ column: 'N_REGIONKEY', operator: 'lt', value: 4 }] }, 'nations')
  .node(
    'by-region',
    'shape.aggregate',
    { groupBy: ['N_REGIONKEY'], measures: [{ function: 'count', as: 'NATIONS' }] },
    'some',
  )
  .node('sorted', 'shape.sort', { by: [{ column: 'N_REGIONKEY', direction: 'asc' }] }, 'by-region')
  .node('result', 'output.result', { name: 'By region', view: 'table' }, 'sorted')
  .build();

/** Durable runs through the API, beside the bare statement through the driver in the same minutes. */
export async function run(): Promise<Row[]> {
  const stack = await startStack({ env: { THROTTLE_REQUESTS_PER_MINUTE: '1000000' } });
  try {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const plan = await api.call<{ plan: { sql: string }[] }>('POST', '/workflows/validate', {
      body: { definition: fiveNodes },
    });
    const saved = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition: fiveNodes } });
    const direct = await openDirect(stack.warehouseUrl);
    const sql = (plan.body.plan[0]?.sql ?? '').replaceAll('?', '4');

    const once = async () => {
      const ended = await runToEnd(api, { workflowId: saved.body.id });
      if (ended.status !== 'succeeded')
        throw new Error(`A run ended as ${ended.status}: ${JSON.stringify(ended.error)}`);
    };
    // Services that have just started run interpreted code; what is measured is how they go on.
    await measure(once, { count: 800, concurrency: 8 });

    const rows: Row[] = [];
    for (const [concurrency, count, goal] of [
      [1, 200, 'goal: p50 <= 20 ms'],
      [8, 800, ''],
      [32, 2000, 'goal: >= 220/s, p99 <= 300 ms'],
    ] as const) {
      const options = { count, concurrency, warmUp: concurrency * 4 };
      const bare = await measure(() => direct.run(sql), options);
      const whole = await measure(once, options);
      rows.push({ what: `the statement alone through the driver, c=${concurrency}`, value: told(bare), compared: '1' });
      rows.push({
        what: `a durable run of five nodes through the API, c=${concurrency}`,
        value: told(whole),
        compared: `${(whole.perSecond / bare.perSecond).toFixed(2)} of the statement alone; ${goal}`.replace(/; $/, ''),
      });
    }
    await direct.close();
    return rows;
  } finally {
    await stack.stop();
  }
}

const told = ({ perSecond, p50Ms, p99Ms }: { perSecond: number; p50Ms: number; p99Ms: number }) =>
  `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;

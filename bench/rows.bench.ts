import { startStack } from '@snowflow/testing/stack';
import { allRows, ApiClient, runToEnd } from '../test/support/api-client';
import { directSql } from '../test/support/direct-sql';
import { DocumentBuilder } from '../test/support/document-builder';
import { measure } from './measure';
import type { Row } from './report';

const SETUP = `CREATE TABLE DEMO.PUBLIC.HUNDRED_THOUSAND AS
  SELECT L_ORDERKEY AS ID, L_SHIPMODE AS MODE, L_QUANTITY AS QUANTITY FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.LINEITEM
  CROSS JOIN (SELECT R_REGIONKEY FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.REGION WHERE R_REGIONKEY < 2) LIMIT 100000`;

const definition = new DocumentBuilder('A hundred thousand rows')
  .node('rows', 'source.table', { database: 'DEMO', schema: 'PUBLIC', table: 'HUNDRED_THOUSAND' })
  .node('some', 'shape.filter', { conditions: [{ column: 'QUANTITY', operator: 'gt', value: 10 }] }, 'rows')
  .node(
    'by-mode',
    'shape.aggregate',
    { groupBy: ['MODE'], measures: [{ function: 'sum', column: 'QUANTITY', as: 'TOTAL' }] },
    'some',
  )
  .node('result', 'output.result', { name: 'By mode', view: 'table' }, 'by-mode')
  .build();

/** 100,000 rows -> filter -> aggregate, started and read through the API. */
export async function run(): Promise<Row[]> {
  const stack = await startStack({ env: { THROTTLE_REQUESTS_PER_MINUTE: '1000000' } });
  try {
    await directSql(stack.warehouseUrl, SETUP);
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const { p50Ms, p99Ms } = await measure(
      async () => {
        const ended = await runToEnd(api, { definition });
        const result = await allRows(api, ended.id, 'result');
        if (result.rows.length !== 7) throw new Error(`${result.rows.length} rows instead of 7`);
      },
      { count: 40, concurrency: 1, warmUp: 3 },
    );
    return [
      {
        what: '100,000 rows -> filter -> aggregate -> result read, through the API',
        value: `p50 ${p50Ms.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms`,
        compared: `${(p50Ms / 150).toFixed(2)} of the goal of 150 ms`,
      },
    ];
  } finally {
    await stack.stop();
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { buildSampleData } from '../src/sample-data/build-sample-data';
import { tpchColumns } from '../src/sample-data/tpch-columns';
import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';
import { tpchQueries } from './tpch-queries';

const counts = {
  REGION: 5,
  NATION: 25,
  SUPPLIER: 100,
  CUSTOMER: 1500,
  PART: 2000,
  PARTSUPP: 8000,
  ORDERS: 15_000,
  LINEITEM: 60_285,
};

describe('SNOWFLAKE_SAMPLE_DATA.TPCH_SF1', () => {
  let warehouse: TestWarehouse;
  let session: DriverSession;
  let folder: string;
  let plain: DuckDBConnection;

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    session = await DriverSession.open(warehouse, { database: 'SNOWFLAKE_SAMPLE_DATA', schema: 'TPCH_SF1' });
    folder = await mkdtemp(join(tmpdir(), 'tpch-'));
    const instance = await DuckDBInstance.create(await buildSampleData(join(folder, 'sample.duckdb')));
    plain = await instance.connect();
    await plain.run(`SET search_path = '"SNOWFLAKE_SAMPLE_DATA.TPCH_SF1"'`);
  });

  afterAll(async () => {
    plain.closeSync();
    await session.close();
    await warehouse.stop();
    await rm(folder, { recursive: true });
  });

  it.each(Object.entries(counts))('%s has %i rows', async (table, count) => {
    expect(await session.rows(`SELECT COUNT(*) FROM ${table}`)).toEqual([[String(count)]]);
  });

  it.each(Object.entries(tpchColumns))(
    '%s has the columns and types that Snowflake declares',
    async (table, columns) => {
      const described = await session.rows(`DESCRIBE TABLE ${table}`);
      expect(described.map(([name, type, , nullable]) => ({ name, type, nullable: nullable === 'Y' }))).toEqual(
        columns,
      );
    },
  );

  it('keeps every key relation', async () => {
    const orphans = `
      SELECT 'line', COUNT(*) FROM lineitem LEFT JOIN orders ON l_orderkey = o_orderkey WHERE o_orderkey IS NULL
      UNION ALL SELECT 'stock', COUNT(*) FROM lineitem LEFT JOIN partsupp ON l_partkey = ps_partkey AND l_suppkey = ps_suppkey WHERE ps_partkey IS NULL
      UNION ALL SELECT 'order', COUNT(*) FROM orders LEFT JOIN customer ON o_custkey = c_custkey WHERE c_custkey IS NULL
      UNION ALL SELECT 'nation', COUNT(*) FROM customer LEFT JOIN nation ON c_nationkey = n_nationkey WHERE n_nationkey IS NULL
      ORDER BY 1`;
    expect(await session.rows(orphans)).toEqual([
      ['line', '0'],
      ['nation', '0'],
      ['order', '0'],
      ['stock', '0'],
    ]);
  });

  it.each(tpchQueries.map((sql, index) => [index + 1, sql] as const))(
    'Q%i answers what plain DuckDB answers on a second build of the data',
    async (_, sql) => {
      const answer = await session.rows(sql);
      const expected = (await plain.runAndReadAll(sql)).getRowsJson();
      expect(answer.length).toBeGreaterThan(0);
      expect(answer.map((row) => row.map(approximately))).toEqual(expected.map((row) => row.map(approximately)));
    },
  );
});

/** Numbers to five digits: DuckDB divides and averages in doubles, where Snowflake is exact. */
function approximately(value: unknown): unknown {
  if (value === null || value === 'NULL') return null;
  const text = String(value);
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? Number(Number(text).toPrecision(5)) : text;
}

import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { identifier } from '../engine/quote';
import { isTpchTable, tpchColumns } from './tpch-columns';
import { tpchSelects } from './tpch-tables';

/** The DuckDB schema that stands for SNOWFLAKE_SAMPLE_DATA.TPCH_SF1. */
const schema = identifier('SNOWFLAKE_SAMPLE_DATA.TPCH_SF1');

/**
 * Builds the sample share once and answers its path. The file appears under its name only when it is whole, so a start
 * that was killed half-way builds it again.
 */
export async function buildSampleData(path: string): Promise<string> {
  if (existsSync(path)) return path;
  const draft = `${path}.building`;
  await rm(draft, { force: true });
  await rm(`${draft}.wal`, { force: true });
  const instance = await DuckDBInstance.create(draft, { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`CREATE SCHEMA ${schema}`);
  for (const [table, select] of tpchSelects) {
    if (isTpchTable(table)) {
      const columns = tpchColumns[table].map(
        ({ name, type, nullable }) => `${name} ${physicalType(type)}${nullable ? '' : ' NOT NULL'}`,
      );
      await connection.run(`CREATE TABLE ${schema}.${table} (${columns.join(', ')})`);
      await connection.run(`INSERT INTO ${schema}.${table} ${select}`);
    } else {
      await connection.run(`CREATE TEMP TABLE ${table} AS ${select}`);
    }
  }
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
  await rename(draft, path);
  return path;
}

/** Keys are small here, and DuckDB joins 64-bit numbers many times faster than those of 38 digits. */
const physicalType = (type: string) =>
  type === 'NUMBER(38,0)' ? 'DECIMAL(18,0)' : type.replace('NUMBER', 'DECIMAL').replace(/VARCHAR.*/, 'VARCHAR');

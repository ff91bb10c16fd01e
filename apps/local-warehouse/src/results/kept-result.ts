import type { Statement } from '../statements/statement';
import { duckdbType } from '../sql/snowflake-type';
import { decodeColumn } from './encode-column';
import type { StatementRegistry } from '../statements/statement-registry';
import { text } from '../engine/quote';

const rowsPerInsert = 5000;
const loadedAtMost = 16;
/** Whoever asked for a table so lately may only be about to read it, so it is not dropped yet. */
const aboutToReadMs = 2_000;

interface LoadedTable {
  loading: Promise<void>;
  askedAtMs: number;
}

/** Results that are tables now, by registry, in the order they were last used. */
const loaded = new WeakMap<StatementRegistry, Map<string, LoadedTable>>();

/** Makes a kept result a table of the results catalog, once; the oldest tables make room for new ones. */
export async function loadKeptResult(statement: Statement, table: string): Promise<void> {
  const { account } = statement.session;
  const tables = loaded.get(account.statements) ?? new Map<string, LoadedTable>();
  loaded.set(account.statements, tables);
  const loading = tables.get(table)?.loading ?? fill(statement, table);
  tables.delete(table);
  tables.set(table, { loading, askedAtMs: Date.now() });
  try {
    await loading;
  } catch (error) {
    tables.delete(table);
    throw error;
  }
  for (const [oldest, { askedAtMs }] of tables) {
    if (tables.size <= loadedAtMost || Date.now() - askedAtMs < aboutToReadMs) return;
    tables.delete(oldest);
    await account.engine.run(`DROP TABLE IF EXISTS ${oldest}`);
  }
}

async function fill(statement: Statement, table: string): Promise<void> {
  const { result, queryId } = statement;
  if (!result) throw new Error('The statement has no result');
  const { engine, files } = statement.session.account;
  const columns = result.columns.map(({ type }, index) => `c${index} ${duckdbType(type)}`);
  await engine.run(`DROP TABLE IF EXISTS ${table}`, `CREATE TABLE ${table} (n BIGINT, ${columns.join(', ')})`);
  const cells = result.columns.map(({ type }, index) => decodeColumn(`(j ->> ${index})`, type));
  let inserted = 0;
  const insert = async (rows: string) => {
    const parsed = JSON.parse(`[${rows}]`) as unknown[];
    for (let from = 0; from < parsed.length; from += rowsPerInsert) {
      const lines = parsed.slice(from, from + rowsPerInsert).map((row) => text(JSON.stringify(row)));
      const source = `SELECT ${inserted} + row_number() OVER () AS n, CAST(v AS JSON) AS j FROM (SELECT unnest([${lines.join(', ')}]) AS v)`;
      await engine.run(`INSERT INTO ${table} SELECT n, ${cells.join(', ')} FROM (${source})`);
      inserted += lines.length;
    }
  };
  await insert(statement.headInFile ? await files.readHead(queryId) : result.head);
  for (let chunk = 0; chunk < result.chunks.length; chunk++) await insert(await files.readRows(queryId, chunk));
}

import type { Statement } from '../statements/statement';
import { duckdbType } from '../sql/snowflake-type';
import { decodeColumn } from './encode-column';
import type { DuckDbEngine } from '../engine/duckdb-engine';
import type { StatementRegistry } from '../statements/statement-registry';
import { text } from '../engine/quote';

const rowsPerInsert = 5000;
const loadedAtMost = 16;

/** A result that is a table now, or is being made one, and the statements that read it. */
interface LoadedResult {
  ready: Promise<void>;
  readers: Set<Statement>;
}

/** The tables of an account's results in the order they were last used, and those that are just being dropped. */
class LoadedResults {
  readonly byTable = new Map<string, LoadedResult>();
  readonly dropping = new Map<string, Promise<void>>();
}
const loaded = new WeakMap<StatementRegistry, LoadedResults>();

/** Makes a kept result a table of the results catalog, once, for its reader; the oldest that nobody reads make room for new ones. */
export async function loadKeptResult(statement: Statement, table: string, reader: Statement): Promise<void> {
  const { account } = statement.session;
  const results = loaded.get(account.statements) ?? new LoadedResults();
  loaded.set(account.statements, results);
  const { byTable, dropping } = results;
  const result = byTable.get(table) ?? {
    ready: (dropping.get(table) ?? Promise.resolve()).then(() => fill(statement, table)),
    readers: new Set<Statement>(),
  };
  result.readers.add(reader);
  byTable.delete(table);
  byTable.set(table, result);
  try {
    await result.ready;
  } catch (error) {
    byTable.delete(table);
    throw error;
  }
  await dropUnread(results, account.engine);
}

async function dropUnread({ byTable, dropping }: LoadedResults, engine: DuckDbEngine): Promise<void> {
  for (const [table, { readers }] of byTable) {
    if (byTable.size <= loadedAtMost) return;
    for (const reader of readers) if (reader.status !== 'RUNNING') readers.delete(reader);
    if (readers.size > 0) continue;
    byTable.delete(table);
    const dropped = engine.run(`DROP TABLE IF EXISTS ${table}`).finally(() => dropping.delete(table));
    dropping.set(table, dropped);
    await dropped;
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

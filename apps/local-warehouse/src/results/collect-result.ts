import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { ResultColumn } from '../sql/snowflake-type';
import { encodeColumn } from './encode-column';
import { statementTypes, type Result, type ResultChunk } from './result';
import type { ResultFiles } from './result-files';

const headLimit = { rows: 1000, bytes: 256 * 1024 };
const chunkLimit = { rows: 10_000, bytes: 4 * 1024 * 1024 };

/** The query wrapped so that DuckDB itself writes each row as the wire's JSON text. */
export function encodedQuery(sql: string, columns: readonly ResultColumn[]): string {
  const names = columns.map((_, index) => `c${index}`);
  const cells = columns.map(({ type }, index) => encodeColumn(`r.c${index}`, type));
  return `SELECT json_array(${cells.join(', ')})::VARCHAR FROM (${sql}) r(${names.join(', ')})`;
}

/** Runs a query and collects its rows: the first ones for the reply, the rest into files as they come. */
export async function collectResult(
  connection: DuckDBConnection,
  query: { sql: string; columns: readonly ResultColumn[]; binds: DuckDBValue[] },
  target: { queryId: string; files: ResultFiles; maxRows: number },
): Promise<Result> {
  const stream = await connection.stream(encodedQuery(query.sql, query.columns), query.binds);
  const head = new RowBuffer();
  let buffer = new RowBuffer();
  const chunks: ResultChunk[] = [];
  let total = 0;
  const flush = async () => {
    const full = buffer;
    buffer = new RowBuffer();
    chunks.push(await target.files.writeChunk(target.queryId, chunks.length, full.rows));
  };
  reading: for (;;) {
    const chunk = await stream.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const vector = chunk.getColumnVector(0);
    for (let row = 0; row < chunk.rowCount; row++) {
      if (total === target.maxRows) break reading;
      total++;
      const line = String(vector.getItem(row));
      if (chunks.length === 0 && buffer.rows.length === 0 && !head.isFull(headLimit)) head.add(line);
      else buffer.add(line);
    }
    if (buffer.isFull(chunkLimit)) await flush();
  }
  if (buffer.rows.length > 0) await flush();
  return {
    columns: query.columns,
    head: head.rows.join(','),
    headRows: head.rows.length,
    total,
    chunks,
    statementTypeId: statementTypes.select,
  };
}

class RowBuffer {
  readonly rows: string[] = [];
  private bytes = 0;

  add(row: string): void {
    this.rows.push(row);
    this.bytes += row.length;
  }

  isFull(limit: { rows: number; bytes: number }): boolean {
    return this.rows.length >= limit.rows || this.bytes >= limit.bytes;
  }
}

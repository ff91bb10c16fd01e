import type { DuckDBConnection } from '@duckdb/node-api';
import { plainCell } from '../../results/plain-cell';
import { smallResult, statementTypes } from '../../results/result';
import type { ShowOptions } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { likePattern } from '../../sql/like-pattern';
import type { PlainColumn, PlainValue, SqlValue } from '../../sql/rows-relation';
import type { ResultColumn } from '../../sql/snowflake-type';
import { runOnConnection } from '../../statements/run-on-connection';

/** SHOW's rows: filtered by name, sorted, cut. */
export function selected<Row>(rows: readonly Row[], name: (row: Row) => string, options: ShowOptions): Row[] {
  const { like, startsWith, limit } = options;
  const pattern = like === undefined ? undefined : likePattern(like, 'i');
  const matching = rows.filter(
    (row) =>
      (pattern?.test(name(row)) ?? true) &&
      (startsWith === undefined || name(row).startsWith(startsWith)) &&
      (limit?.from === undefined || name(row) > limit.from),
  );
  return matching.slice(0, limit?.rows ?? 10_000);
}

/** How many values DuckDB is asked for at once. */
const ASKED = 200;

/** A statement that lists what this process knows; it needs no warehouse. Values that only DuckDB knows are asked of it, a few at a time. */
export function listCommand<Row>(
  rows: readonly Row[],
  columns: readonly PlainColumn<Row>[],
  statementTypeId: number = statementTypes.show,
): CompiledStatement {
  const described: ResultColumn[] = columns.map(({ name, type }) => ({ name, type, nullable: true }));
  return {
    columns: described,
    statementTypeId,
    run: async (statement) => {
      const lines = rows.map((row) => columns.map((column) => column.value(row)));
      const asked = lines.flat().filter(isAsked);
      const answers = new Map<PlainValue, string | null>();
      for (let start = 0; start < asked.length; start += ASKED) {
        const group = asked.slice(start, start + ASKED);
        const values = await runOnConnection(statement, (connection) => valuesOf(connection, group));
        for (const [index, value] of group.entries()) answers.set(value, values[index] ?? null);
      }
      const cells = lines.map((line) =>
        line.map((value) => (isAsked(value) ? (answers.get(value) ?? null) : plainCell(value))),
      );
      return smallResult(described, cells, statementTypeId);
    },
  };
}

const isAsked = (value: PlainValue): value is SqlValue => value !== null && typeof value === 'object' && 'sql' in value;

async function valuesOf(connection: DuckDBConnection, asked: readonly SqlValue[]): Promise<(string | null)[]> {
  const sql = `SELECT ${asked.map((value, index) => `CAST(${value.sql} AS VARCHAR) AS c${index}`).join(', ')}`;
  const [row = []] = (await connection.runAndReadAll(sql)).getRowsJson();
  return row.map((cell) => (cell === null ? null : String(cell)));
}

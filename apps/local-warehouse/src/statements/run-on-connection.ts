import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Statement } from './statement';
import { WarehouseError } from './warehouse-error';

/** Runs a statement's own work on its session's transaction, or on a connection of its own; the statement can be stopped. */
export async function runOnConnection<T>(
  statement: Statement,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { session } = statement;
  const guarded = (connection: DuckDBConnection) =>
    statement.interruptible(
      () => connection.interrupt(),
      () => work(connection),
    );
  if (session.transaction) return session.transaction.run(guarded);
  const { engine } = session.account;
  const connection = await engine.take();
  let done = false;
  try {
    const value = await guarded(connection);
    done = !statement.interrupted;
    return value;
  } finally {
    engine.give(connection, done);
  }
}

/** Runs several statements as one transaction, unless the session has one open already. */
export function runTogether<T>(statement: Statement, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  if (statement.session.transaction) return runOnConnection(statement, work);
  return runOnConnection(statement, async (connection) => {
    await connection.run('BEGIN');
    const value = await work(connection);
    await connection.run('COMMIT');
    return value;
  });
}

/** The values DuckDB gets for the binds a compiled statement uses; `row` chooses among array binds. */
export function bindValues(statement: Statement, numbers: readonly number[], row = 0): DuckDBValue[] {
  return numbers.map((number) => {
    const value = statement.request.binds[number - 1]?.value ?? null;
    return Array.isArray(value) ? (value[row] ?? null) : value;
  });
}

/** Work on data needs a warehouse, as it does in Snowflake. */
export function needWarehouse(statement: Statement): void {
  if (statement.context.warehouse) return;
  throw new WarehouseError(
    '000606',
    '57P03',
    "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.",
  );
}

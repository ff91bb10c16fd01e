import { smallResult, statementTypes, type Result } from '../results/result';
import type { CompiledStatement } from '../sql/compiled-statement';
import { fixed, text, type ResultColumn } from '../sql/snowflake-type';
import type { Statement } from '../statements/statement';

const statusColumns: readonly ResultColumn[] = [{ name: 'status', type: text, nullable: true }];

/** A statement that answers one sentence. */
export function statusCommand(
  statementTypeId: number,
  run: (statement: Statement) => string | void | Promise<string | void>,
): CompiledStatement {
  return {
    columns: statusColumns,
    statementTypeId,
    run: async (statement) =>
      smallResult(statusColumns, [[(await run(statement)) ?? 'Statement executed successfully.']], statementTypeId),
  };
}

export const ddlCommand = (run: (statement: Statement) => Promise<string>): CompiledStatement =>
  statusCommand(statementTypes.ddl, async (statement) => {
    // A statement that defines something ends the transaction before it.
    const { transaction } = statement.session;
    statement.session.transaction = undefined;
    await transaction?.end('COMMIT');
    return run(statement);
  });

export type RowCount = readonly [name: string, count: number];

/** What INSERT, UPDATE, DELETE and MERGE answer: how many rows they changed, by kind. */
export function rowCountColumns(names: readonly string[]): ResultColumn[] {
  return names.map((name) => ({ name, type: fixed(19, 0), nullable: false }));
}

export function rowCountResult(counts: readonly RowCount[], statementTypeId: number): Result {
  const columns = rowCountColumns(counts.map(([name]) => name));
  const affected = counts.filter(([name]) => !name.includes('multi-joined')).reduce((sum, [, count]) => sum + count, 0);
  return { ...smallResult(columns, [counts.map(([, count]) => count)], statementTypeId), rowsAffected: affected };
}

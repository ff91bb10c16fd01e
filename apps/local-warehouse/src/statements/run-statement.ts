import { compileStatement } from '../commands/compile-statement';
import { describedResult } from '../results/described-result';
import { toWarehouseError } from './duckdb-errors';
import type { Statement } from './statement';
import { timedOut } from './warehouse-error';

/** Runs a statement to its end; the outcome stands on the statement, so this never rejects. */
export async function runStatement(statement: Statement): Promise<void> {
  const { timeoutSeconds, describeOnly } = statement.request;
  const deadline =
    timeoutSeconds > 0
      ? setTimeout(() => statement.interrupt(timedOut(timeoutSeconds)), timeoutSeconds * 1000).unref()
      : undefined;
  try {
    const begunAt = performance.now();
    const compiled = compileStatement(statement);
    statement.compiled = { ms: Math.round(performance.now() - begunAt), reads: compiled.reads };
    const result = describeOnly ? describedResult(compiled) : await compiled.run(statement);
    statement.succeed(result);
    statement.session.lastQueryId = statement.queryId;
    await statement.session.account.statements.keepResult(statement);
  } catch (error) {
    statement.fail(toWarehouseError(error));
  } finally {
    clearTimeout(deadline);
  }
}

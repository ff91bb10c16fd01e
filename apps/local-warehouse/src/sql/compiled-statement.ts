import type { Result } from '../results/result';
import type { Statement } from '../statements/statement';
import type { ResultColumn } from './snowflake-type';

/** A statement that was checked and is ready to run. */
export interface CompiledStatement {
  columns: readonly ResultColumn[];
  statementTypeId: number;
  run(statement: Statement): Promise<Result>;
}

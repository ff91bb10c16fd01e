import type { Result } from '../results/result';
import type { TableEntry } from '../catalog/catalog-entries';
import type { Statement } from '../statements/statement';
import type { ResultColumn } from './snowflake-type';

/** A statement that was checked and is ready to run. */
export interface CompiledStatement {
  columns: readonly ResultColumn[];
  statementTypeId: number;
  /** The tables it reads in a warehouse; undefined where it needs none. */
  reads?: ReadonlySet<TableEntry>;
  run(statement: Statement): Promise<Result>;
}

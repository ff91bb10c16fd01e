import type { CompiledStatement } from '../sql/compiled-statement';
import { smallResult, type Result } from './result';

/** What describeOnly answers: the columns, no rows, and nothing was run. */
export const describedResult = ({ columns, statementTypeId }: CompiledStatement): Result =>
  smallResult(columns, [], statementTypeId);

import { accessProblem } from './access-problem';
import { problem, repeatedColumns } from './column-checks';
import type { Columns, Knowledge, NodeProblem } from './node-definition';

/** The columns of a query that was described. */
export function describedColumns(known: Knowledge | undefined): Columns {
  return known?.state === 'found' ? known.columns : undefined;
}

/** What Snowflake held against a query that a person wrote in the field `sql`, or columns of it that can't be told apart. */
export function describedProblems(known: Knowledge | undefined): NodeProblem[] {
  if (known?.state === 'denied') return [accessProblem(known, 'sql', 'Your role can’t read what this SQL names')];
  if (known?.state === 'missing') {
    return [problem('SOURCE_NOT_FOUND', 'sql', 'This SQL names something that does not exist or that you can’t see')];
  }
  if (known?.state === 'invalid') return [problem('INVALID_SQL', 'sql', known.message)];
  return repeatedColumns(describedColumns(known)?.map((column) => column.name) ?? [], () => 'sql');
}

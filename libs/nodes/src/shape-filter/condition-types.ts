import type { Column } from '@snowflow/contracts/documents/column';
import { problem } from '../kit/column-checks';
import { familyOf } from '../kit/column-types';
import { OPERATOR_NAMES, TEXT_OPERATORS } from '../kit/comparison';
import type { NodeProblem } from '../kit/node-definition';
import type { DeclaredParameters } from '../kit/sql/sql-text';
import { valueProblems } from '../kit/value-problems';
import type { FilterCondition } from './shape-filter.definition';

/** Problems of a condition's operator and values against its column's type, and of the parameters they name. */
export function conditionTypeProblems(
  condition: FilterCondition,
  column: Column | undefined,
  parameters: DeclaredParameters,
  path: string,
): NodeProblem[] {
  const family = familyOf(column?.type ?? '');
  const free = family === 'unknown' || family === 'semi-structured';
  if (column && !free && TEXT_OPERATORS.has(condition.operator) && family !== 'text') {
    const wanted = `“${OPERATOR_NAMES[condition.operator]}” needs a text, but “${column.name}” is ${column.type}`;
    return [problem('TYPE_MISMATCH', `${path}.operator`, wanted)];
  }
  if (condition.value === undefined) return [];
  const many = Array.isArray(condition.value);
  return [condition.value].flat().flatMap((value, index) => {
    const at = many ? `${path}.value.${index}` : `${path}.value`;
    return valueProblems(value, column, parameters, at);
  });
}

import type { Column } from '@snowflow/contracts/documents/column';
import { problem } from '../kit/column-checks';
import { familyOf } from '../kit/column-types';
import { OPERATOR_NAMES, parameterFault, ScalarValue, TEXT_OPERATORS, valueFault } from '../kit/comparison';
import type { NodeProblem } from '../kit/node-definition';
import { SqlTextError } from '../kit/sql/sql-text-error';
import { DeclaredParameters, valueTemplate } from '../kit/sql/sql-text';
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

function valueProblems(
  value: ScalarValue,
  column: Column | undefined,
  parameters: DeclaredParameters,
  path: string,
): NodeProblem[] {
  const family = familyOf(column?.type ?? '');
  const named = `“${column?.name ?? ''}” is ${column?.type ?? ''}`;
  try {
    const pieces = typeof value === 'string' ? valueTemplate(value, parameters) : [];
    const [only] = pieces;
    if (pieces.length === 1 && typeof only === 'object') {
      const type = parameters.find((candidate) => candidate.name === only.parameter)?.type ?? 'string';
      const fault = column && parameterFault(family, type);
      return fault ? [problem('TYPE_MISMATCH', path, `${named}, but the parameter “${only.parameter}” ${fault}`)] : [];
    }
    // A text put together from a parameter and more is checked as what it will be: a text of unknown content.
    if (pieces.length > 1) {
      return column && (family === 'number' || family === 'boolean')
        ? [problem('TYPE_MISMATCH', path, `${named}, and a text made from parts isn’t`)]
        : [];
    }
    const fault = column && valueFault(family, value);
    return fault ? [problem('TYPE_MISMATCH', path, `${named} and ${fault}`)] : [];
  } catch (error) {
    if (error instanceof SqlTextError) return [problem(error.code, path, error.message, error.suggestion)];
    throw error;
  }
}

import type { Column } from '@snowflow/contracts/documents/column';
import { problem } from './column-checks';
import { familyOf } from './column-types';
import { parameterFault, ScalarValue, valueFault } from './comparison';
import type { NodeProblem } from './node-definition';
import { SqlTextError } from './sql/sql-text-error';
import { DeclaredParameters, valueTemplate } from './sql/sql-text';

/** Problems of a value, or of the parameters it names, against the type of the column it is compared with or stands in for. */
export function valueProblems(
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

import { orderSql } from '../functions/window-clause';
import type { Expression } from '../parser/expression-tree';
import { typeError } from '../statements/warehouse-error';

/** ORDER BY ALL: every column, in their order. */
export const orderByAll = (columns: number, descending: boolean) =>
  `ORDER BY ${Array.from({ length: columns }, (_, index) => orderSql(`c${index}`, { descending, nulls: undefined })).join(', ')}`;

/** The place that `ORDER BY 2` names. */
export function ordinal(expression: Expression, columns: number): number | undefined {
  if (expression.t !== 'number' || !/^\d+$/.test(expression.text)) return undefined;
  const position = Number(expression.text);
  if (position < 1 || position > columns) {
    throw typeError(`Order by clause position ${position} is out of range (1 to ${columns})`, expression.at);
  }
  return position - 1;
}

import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { AppError } from '@snowflow/contracts/errors/app-error';

/**
 * The one writer of literals, for exports only (runs use binds). Snowflake reads backslash escapes in '…', so both the
 * quote and the backslash are doubled.
 */
export function literal(value: Bind): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return numberLiteral(value);
  if (value.includes('\0')) throw new AppError('VALIDATION', 'A text with a NUL character can’t be written into SQL');
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

function numberLiteral(value: number): string {
  if (Number.isFinite(value)) {
    // Up to 15 digits a decimal and the float are the same number; beyond, only an exponent makes it a float.
    const digits = String(value).replaceAll(/\D/g, '').length;
    const text = Number.isSafeInteger(value) || digits <= 15 ? String(value) : value.toExponential();
    return value < 0 ? `(${text})` : text;
  }
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf';
  return `CAST('${name}' AS FLOAT)`;
}

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
  if (Number.isFinite(value)) return value < 0 || Object.is(value, -0) ? `(${value})` : String(value);
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf';
  return `CAST('${name}' AS FLOAT)`;
}

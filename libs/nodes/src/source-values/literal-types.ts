import { familyOf, isSpelledType, scaleOf } from '../kit/column-types';
import { valueFault } from '../kit/comparison';
import { decimalOf } from '../kit/sql/decimal';

/** A cell: what a person wrote, or nothing. */
export type Cell = string | number | boolean | null;

const TIME = /^TIME\b/;

/** A type as Snowflake reports it, with the digits and lengths that its short names stand for; undefined where a literal table can't have it. */
export function literalType(spelled: string): string | undefined {
  const type = spelled.trim().toUpperCase().replace(/\s+/g, '');
  if (!isSpelledType(type)) return undefined;
  const [, name = '', size] = /^(\w+)(?:\((.*)\))?$/.exec(type) ?? [];
  if (/^(NUMBER|DECIMAL|NUMERIC)$/.test(name)) return numberType(size);
  if (/^(INT|INTEGER|BIGINT|SMALLINT|TINYINT|BYTEINT)$/.test(name)) return 'NUMBER(38,0)';
  if (/^(FLOAT|FLOAT4|FLOAT8|DOUBLE|REAL)$/.test(name)) return 'FLOAT';
  if (familyOf(type) === 'text') return `VARCHAR(${size ?? (/^(CHAR|CHARACTER|NCHAR)$/.test(name) ? 1 : 16_777_216)})`;
  if (name === 'TIMESTAMP' || name === 'DATETIME') return `TIMESTAMP_NTZ(${size ?? 9})`;
  if (familyOf(type) === 'timestamp') return `${name}(${size ?? 9})`;
  if (TIME.test(type)) return `TIME(${size ?? 9})`;
  return /^(BOOLEAN|DATE|VARIANT)$/.test(type) ? type : undefined;
}

function numberType(size = '38,0'): string | undefined {
  const [precision = 38, scale = 0] = size.split(',').map(Number);
  return precision <= 38 && precision > 0 && scale <= precision ? `NUMBER(${precision},${scale})` : undefined;
}

/** Why a cell can't stand in a column of a type, as the rest of a sentence; undefined where it can. */
export function cellFault(type: string, cell: Cell): string | undefined {
  if (cell === null) return undefined;
  if (type === 'VARIANT') return isJson(cell) ? undefined : 'needs JSON, such as {"a": 1} or "text"';
  if (type === 'FLOAT') {
    return String(cell).trim() !== '' && typeof cell !== 'boolean' && Number.isFinite(Number(cell))
      ? undefined
      : 'needs a number';
  }
  const family = familyOf(type);
  return valueFault(family, cell) ?? (family === 'number' ? digitsFault(type, cell) : lengthFault(type, cell));
}

/** A cast would round what has too many digits, and nobody would notice. */
function digitsFault(type: string, cell: string | number | boolean): string | undefined {
  const decimal = decimalOf(typeof cell === 'boolean' ? Number.NaN : cell);
  if (!decimal) return 'needs a number of at most 38 digits';
  const [, precision = '38'] = /\((\d+)/.exec(type) ?? [];
  const [, whole = '', fraction = ''] = /^[+-]?0*(\d*)\.?(\d*)$/.exec(decimal.text) ?? [];
  const scale = scaleOf(type);
  if (fraction.replace(/0+$/, '').length > scale) return `holds ${scale} digits after the point`;
  return whole.length > Number(precision) - scale
    ? `holds ${Number(precision) - scale} digits before the point`
    : undefined;
}

function lengthFault(type: string, cell: string | number | boolean): string | undefined {
  const [, length] = /^VARCHAR\((\d+)\)$/.exec(type) ?? [];
  return length !== undefined && [...String(cell)].length > Number(length) ? `holds ${length} characters` : undefined;
}

function isJson(cell: string | number | boolean): boolean {
  if (typeof cell !== 'string') return true;
  try {
    JSON.parse(cell);
    return true;
  } catch {
    return false;
  }
}

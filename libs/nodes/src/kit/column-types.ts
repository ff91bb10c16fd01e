/** Types that may be compared, united and written into each other. `unknown` goes with everything. */
export type TypeFamily =
  'text' | 'number' | 'boolean' | 'date' | 'timestamp' | 'time' | 'binary' | 'semi-structured' | 'other' | 'unknown';

/** The type of a column whose type only Snowflake knows (a computed one). */
export const UNKNOWN_TYPE = '';

const FAMILIES: readonly (readonly [RegExp, TypeFamily])[] = [
  [/^(VARCHAR|TEXT|STRING|CHAR|CHARACTER|NCHAR|NVARCHAR|NVARCHAR2)\b/, 'text'],
  [
    /^(NUMBER|DECIMAL|NUMERIC|INT|INTEGER|BIGINT|SMALLINT|TINYINT|BYTEINT|FIXED|FLOAT|FLOAT4|FLOAT8|DOUBLE|REAL|DECFLOAT)\b/,
    'number',
  ],
  [/^BOOLEAN\b/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^(TIMESTAMP|TIMESTAMP_NTZ|TIMESTAMP_LTZ|TIMESTAMP_TZ|DATETIME)\b/, 'timestamp'],
  [/^TIME\b/, 'time'],
  [/^(BINARY|VARBINARY)\b/, 'binary'],
  [/^(VARIANT|OBJECT|ARRAY|MAP)\b/, 'semi-structured'],
];

/** The family of a type in Snowflake's spelling. */
export function familyOf(type: string): TypeFamily {
  if (type === UNKNOWN_TYPE) return 'unknown';
  const spelled = type.toUpperCase();
  return FAMILIES.find(([pattern]) => pattern.test(spelled))?.[1] ?? 'other';
}

/** Whether values of two types can be compared or stand in one column without a cast. */
export function areComparable(left: string, right: string): boolean {
  const [a, b] = [familyOf(left), familyOf(right)];
  if (a === 'unknown' || b === 'unknown' || a === b) return true;
  const moments: readonly TypeFamily[] = ['date', 'timestamp'];
  return (moments.includes(a) && moments.includes(b)) || a === 'semi-structured' || b === 'semi-structured';
}

/** Whether a type is a floating-point one. */
export function isFloat(type: string): boolean {
  return /^(FLOAT|DOUBLE|REAL)/i.test(type);
}

/** Digits after the point of a NUMBER type. */
export function scaleOf(type: string): number {
  return Number(/\(\s*\d+\s*,\s*(\d+)\s*\)/.exec(type)?.[1] ?? 0);
}

/** The type that holds the values of two comparable columns (COALESCE, UNION). */
export function commonType(left: string, right: string): string {
  if (left === right) return left;
  const [a, b] = [familyOf(left), familyOf(right)];
  if (a !== b) return a === 'timestamp' ? left : b === 'timestamp' ? right : UNKNOWN_TYPE;
  if (a === 'text') return lengthOf(left) >= lengthOf(right) ? left : right;
  if (a !== 'number') return left;
  if (isFloat(left) || isFloat(right)) return 'FLOAT';
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const whole = Math.max(precisionOf(left) - scaleOf(left), precisionOf(right) - scaleOf(right));
  return `NUMBER(${Math.min(38, whole + scale)},${scale})`;
}

function precisionOf(type: string): number {
  return Number(/\(\s*(\d+)/.exec(type)?.[1] ?? 38);
}

function lengthOf(type: string): number {
  return Number(/\(\s*(\d+)/.exec(type)?.[1] ?? 16_777_216);
}

/** Whether a type can be written into SQL as it is: a word, perhaps with numbers in parentheses. */
export function isSpelledType(type: string): boolean {
  return /^[A-Z][A-Z0-9_]*(\(\d+(, ?\d+)?\))?$/i.test(type);
}

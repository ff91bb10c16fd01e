/** A Snowflake type as far as this warehouse knows them. */
export type SnowflakeType =
  | { kind: 'fixed'; precision: number; scale: number }
  | { kind: 'text'; length: number }
  | { kind: 'binary'; length: number }
  | { kind: PlainKind };

type PlainKind =
  | 'real'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp_ntz'
  | 'timestamp_ltz'
  | 'timestamp_tz'
  | 'variant'
  | 'object'
  | 'array';

export const maxTextLength = 16_777_216;
export const maxBinaryLength = 8_388_608;

export const fixed = (precision: number, scale: number): SnowflakeType => ({
  kind: 'fixed',
  precision: Math.min(38, Math.max(1, precision)),
  scale,
});
export const integer = fixed(38, 0);
export const text: SnowflakeType = { kind: 'text', length: maxTextLength };
export const textOf = (length: number): SnowflakeType => ({ kind: 'text', length: Math.min(length, maxTextLength) });
export const binary: SnowflakeType = { kind: 'binary', length: maxBinaryLength };
export const real: SnowflakeType = { kind: 'real' };
export const boolean: SnowflakeType = { kind: 'boolean' };
export const date: SnowflakeType = { kind: 'date' };
export const time: SnowflakeType = { kind: 'time' };
export const timestampNtz: SnowflakeType = { kind: 'timestamp_ntz' };
export const timestampLtz: SnowflakeType = { kind: 'timestamp_ltz' };
export const variant: SnowflakeType = { kind: 'variant' };
export const object: SnowflakeType = { kind: 'object' };
export const array: SnowflakeType = { kind: 'array' };

export interface ResultColumn {
  name: string;
  type: SnowflakeType;
  nullable: boolean;
  /** A column of bare NULLs: it takes the type of what it is put beside. */
  untyped?: boolean;
}

/** The DuckDB type that holds its values. */
export function duckdbType(type: SnowflakeType): string {
  switch (type.kind) {
    case 'fixed':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'text':
      return 'VARCHAR';
    case 'real':
      return 'DOUBLE';
    case 'boolean':
      return 'BOOLEAN';
    case 'date':
      return 'DATE';
    case 'time':
      return 'TIME';
    case 'timestamp_ntz':
      return 'TIMESTAMP';
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return 'TIMESTAMPTZ';
    case 'binary':
      return 'BLOB';
    case 'variant':
    case 'object':
    case 'array':
      return 'JSON';
  }
}

/** As DESCRIBE TABLE spells it. */
export function typeName(type: SnowflakeType): string {
  switch (type.kind) {
    case 'fixed':
      return `NUMBER(${type.precision},${type.scale})`;
    case 'text':
      return `VARCHAR(${type.length})`;
    case 'binary':
      return `BINARY(${type.length})`;
    case 'real':
      return 'FLOAT';
    case 'time':
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return `${type.kind.toUpperCase()}(9)`;
    default:
      return type.kind.toUpperCase();
  }
}

const simpleNames: Readonly<Record<string, SnowflakeType>> = {
  FLOAT: real,
  BOOLEAN: boolean,
  DATE: date,
  'TIME(9)': time,
  'TIMESTAMP_NTZ(9)': timestampNtz,
  'TIMESTAMP_LTZ(9)': timestampLtz,
  'TIMESTAMP_TZ(9)': { kind: 'timestamp_tz' },
  VARIANT: variant,
  OBJECT: object,
  ARRAY: array,
};

/** Reads what `typeName` wrote. */
export function parseTypeName(name: string): SnowflakeType {
  const [, kind, first, second] = /^(NUMBER|VARCHAR|BINARY)\((\d+)(?:,(\d+))?\)$/.exec(name) ?? [];
  if (kind === 'NUMBER') return fixed(Number(first), Number(second));
  if (kind === 'VARCHAR') return textOf(Number(first));
  if (kind === 'BINARY') return { kind: 'binary', length: Number(first) };
  const type = simpleNames[name];
  if (!type) throw new Error(`No type is called ${name}`);
  return type;
}

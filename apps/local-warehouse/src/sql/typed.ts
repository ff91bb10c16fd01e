import type { SourcePosition } from '../statements/warehouse-error';
import type { SnowflakeType } from './snowflake-type';

/** DuckDB SQL of a scalar expression with the Snowflake type its values have. */
export interface Typed {
  sql: string;
  type: SnowflakeType;
  nullable: boolean;
  /** The bare NULL: it takes any type. */
  isNull?: boolean;
  /** The value of a literal, for functions that need it before they run. */
  literal?: string | number | boolean;
  /** An INTERVAL literal: it may only be added to or subtracted from a date or a time. */
  interval?: { text: string; hasTime: boolean };
  at: SourcePosition;
}

export const isText = ({ type }: Typed) => type.kind === 'text';
export const isFixed = ({ type }: Typed) => type.kind === 'fixed';
export const isNumeric = ({ type }: Typed) => type.kind === 'fixed' || type.kind === 'real';
export const isJson = ({ type }: Typed) => type.kind === 'variant' || type.kind === 'object' || type.kind === 'array';
export const isTimestamp = ({ type }: Typed) => type.kind.startsWith('timestamp');
export const isDateOrTimestamp = (value: Typed) => value.type.kind === 'date' || isTimestamp(value);

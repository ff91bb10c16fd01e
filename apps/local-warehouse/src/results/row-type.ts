import type { ResultColumn, SnowflakeType } from '../sql/snowflake-type';

/** How a reply describes a column. */
export function rowType({ name, type, nullable }: ResultColumn) {
  const length = 'length' in type ? type.length : null;
  return {
    name,
    database: '',
    schema: '',
    table: '',
    type: type.kind,
    nullable,
    length,
    byteLength: type.kind === 'text' ? Math.min(type.length * 4, 16_777_216) : length,
    precision: type.kind === 'fixed' ? type.precision : isTime(type) ? 0 : null,
    scale: type.kind === 'fixed' ? type.scale : isTime(type) ? 9 : null,
    collation: null,
  };
}

const isTime = (type: SnowflakeType) => type.kind === 'time' || type.kind.startsWith('timestamp');

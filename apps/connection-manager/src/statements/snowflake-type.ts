import type { Column } from '@snowflow/contracts/documents/column';
import type { RawColumn } from '../driver/snowflake-driver';

/** Snowflake's spelling of a column's type, as DESCRIBE would write it. */
function snowflakeType({ type, precision, scale, length, byteLength }: RawColumn): string {
  switch (type) {
    case 'fixed':
      return `NUMBER(${precision ?? 38},${scale ?? 0})`;
    case 'real':
      return 'FLOAT';
    case 'text':
      return length === null ? 'VARCHAR' : `VARCHAR(${length})`;
    case 'binary':
      return `BINARY(${byteLength ?? length ?? 8_388_608})`;
    case 'time':
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return `${type.toUpperCase()}(${scale ?? 9})`;
    default:
      return type.toUpperCase();
  }
}

export const toColumn = (column: RawColumn): Column => ({
  name: column.name,
  type: snowflakeType(column),
  nullable: column.nullable,
});

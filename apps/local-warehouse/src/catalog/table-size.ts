import type { DuckDbEngine } from '../engine/duckdb-engine';
import { identifier } from '../engine/quote';
import type { SnowflakeType } from '../sql/snowflake-type';
import type { TableEntry } from './catalog-entries';
import { sampleDatabase } from './sample-entry';

/** The share never changes, so neither do its sizes. */
const sampleSizes = new WeakMap<TableEntry, Promise<number>>();

/** How many bytes a table's values take, uncompressed: its rows at the width of its columns, texts at their own length. */
export function tableBytes(table: TableEntry, engine: DuckDbEngine): Promise<number> {
  if (table.database !== sampleDatabase) return measure(table, engine);
  const known = sampleSizes.get(table) ?? measure(table, engine);
  sampleSizes.set(table, known);
  known.catch(() => sampleSizes.delete(table));
  return known;
}

async function measure({ physical, columns }: TableEntry, engine: DuckDbEngine): Promise<number> {
  const parts = columns.map((column) => {
    const width = widthOf(column.type);
    return width === undefined
      ? `coalesce(sum(octet_length(encode(CAST(${identifier(column.physical)} AS VARCHAR)))), 0)`
      : `count(*) * ${width}`;
  });
  const [row] = await engine.rows(`SELECT CAST(${parts.join(' + ')} AS DOUBLE) AS bytes FROM ${physical}`);
  return Number(row?.bytes ?? 0);
}

/** Bytes of one value; undefined where each has its own. */
function widthOf(type: SnowflakeType): number | undefined {
  switch (type.kind) {
    case 'fixed':
      return type.precision <= 18 ? 8 : 16;
    case 'boolean':
      return 1;
    case 'date':
      return 4;
    case 'real':
    case 'time':
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return 8;
    default:
      return undefined;
  }
}

import type { ResultColumn } from '../sql/snowflake-type';

/** Rows of a large result beyond the first ones: JSON rows joined by commas, gzipped, in a file. */
export interface ResultChunk {
  rowCount: number;
  uncompressedSize: number;
  compressedSize: number;
}

/** A finished statement's result. `head` is the JSON rows joined by commas that the reply itself carries. */
export interface Result {
  columns: readonly ResultColumn[];
  head: string;
  headRows: number;
  total: number;
  chunks: readonly ResultChunk[];
  /** What kind of statement it was, as the driver counts them. */
  statementTypeId: number;
  /** Rows a DML statement changed. */
  rowsAffected?: number;
}

export const statementTypes = {
  select: 0x1000,
  insert: 0x3100,
  update: 0x3200,
  delete: 0x3300,
  merge: 0x3400,
  show: 0x6005,
  describe: 0x6004,
  use: 0x4100,
  set: 0x4000,
  ddl: 0x6000,
  transaction: 0x5000,
  explain: 0x1000,
} as const;

type Cell = string | number | boolean | null;

/** A small result whose cells are in the wire's text form already. */
export function smallResult(
  columns: readonly ResultColumn[],
  rows: readonly (readonly Cell[])[],
  statementTypeId: number,
): Result {
  const head = rows
    .map((row) =>
      JSON.stringify(
        row.map((cell) => (cell === null ? null : cell === true ? '1' : cell === false ? '0' : String(cell))),
      ),
    )
    .join(',');
  return { columns, head, headRows: rows.length, total: rows.length, chunks: [], statementTypeId };
}

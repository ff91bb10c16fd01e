import Chunk from 'snowflake-sdk/dist/lib/connection/result/chunk';
import { rowsOfText } from './chunk-rows';
import type { RawRow } from './snowflake-driver';

/** A chunk as its download left it: as text where it came by itself, as rows where it came with the reply. */
interface LoadedChunk {
  _rowsetAsString?: string;
  _rowset?: RawRow[];
}

/** What the driver's stream of rows takes for one row: all rows of a chunk that are wanted, not parsed before they are read. */
class Batch {
  constructor(private readonly rows: Iterable<RawRow[]>) {}

  /** Whichever column is asked for. */
  getColumnValue(): Iterable<RawRow[]> {
    return this.rows;
  }
}

/**
 * The driver wraps each row in an object, each value in a conversion and passes them one by one through a stream: that costs more than
 * all else on the way of a large result, and memory with it. Since every value leaves as Snowflake wrote it, a chunk is taken whole: the
 * driver still downloads chunks, in order, as far ahead as it is told, and its stream then holds one element for each.
 */
export function streamBatches(): void {
  Object.defineProperty(Chunk.prototype, 'getRows', {
    value(this: LoadedChunk) {
      const { _rowsetAsString: text, _rowset: rows = [] } = this;
      // What came with the reply may be read again; the rest is downloaded again.
      this._rowsetAsString = undefined;
      return {
        slice: (from: number, to: number) => [new Batch(text ? rowsOfText(text, from, to) : [rows.slice(from, to)])],
      };
    },
  });
}

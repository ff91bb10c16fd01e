import type { Readable } from 'node:stream';
import type { RowStatement } from 'snowflake-sdk';
import { driverCalls, type DriverCall, type ReplyFacts } from './driver-call';
import { toFailure } from './driver-error';
import type { DriverResult, FinalContext, RawColumn, RawRow } from './snowflake-driver';

const SELECT = 0x1000;
const DML = 0x3000;
const KIND_MASK = 0xf000;
const COUNT_COLUMN = /^number of rows (?:inserted|updated|deleted)$/i;

/** A statement's result whose rows are still at Snowflake. */
export class SdkResult implements DriverResult {
  readonly queryId: string;
  readonly columns: RawColumn[];
  readonly rowCount: number;
  readonly isQuery: boolean;
  readonly finalContext: FinalContext;
  rowsAffected?: number;

  private constructor(
    private readonly statement: RowStatement,
    facts: ReplyFacts,
    private readonly signal: AbortSignal,
    private readonly hold: () => () => void,
  ) {
    this.queryId = facts.queryId;
    this.columns = facts.columns;
    this.rowCount = facts.rowCount;
    this.isQuery = (facts.statementTypeId & KIND_MASK) === SELECT;
    this.finalContext = facts.finalContext;
  }

  static async of(
    statement: RowStatement,
    facts: ReplyFacts,
    signal: AbortSignal,
    hold: () => () => void,
  ): Promise<SdkResult> {
    const result = new SdkResult(statement, facts, signal, hold);
    if ((facts.statementTypeId & KIND_MASK) === DML) result.rowsAffected = await result.countAffected();
    return result;
  }

  async *rows(start: number, end: number): AsyncIterable<RawRow> {
    for await (const batch of this.batches(start, end)) yield* batch;
  }

  async *batches(start: number, end: number): AsyncIterable<RawRow[]> {
    if (this.rowCount === 0 || end < start) return;
    const call: DriverCall = { signal: this.signal };
    const release = this.hold();
    const stream = driverCalls.run(call, () => this.statement.streamRows({ start, end }) as Readable);
    // Chunks are asked for while the stream is read: that too belongs to the call.
    const read = stream._read.bind(stream);
    stream._read = (size) => driverCalls.run(call, () => read(size));
    try {
      for await (const [batches] of stream as AsyncIterable<[Iterable<RawRow[]>]>) yield* batches;
    } catch (error) {
      throw toFailure(error, call);
    } finally {
      release();
    }
  }

  private async countAffected(): Promise<number> {
    let affected = 0;
    for await (const row of this.rows(0, 0)) {
      this.columns.forEach((column, index) => {
        if (COUNT_COLUMN.test(column.name)) affected += Number(row[index] ?? 0);
      });
    }
    return affected;
  }
}

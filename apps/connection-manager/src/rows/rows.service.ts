import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ROWS_HANDLE_PURPOSE, type RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { DriverResult } from '../driver/snowflake-driver';
import { toAppError } from '../errors/to-app-error';
import { RowReaders } from '../limits/row-readers';
import { ContextRunner } from '../sessions/context-runner';
import { SessionAccess } from '../sessions/session-access';
import { observedStatement } from '../statements/observed-statement';
import { leadingWords } from '../statements/leading-words';
import { requireHarmless } from '../statements/statement-guard';
import { SEALER } from '../tokens';
import { csvWriter, ndjsonWriter, pageWriter, type RowWriter } from './row-writers';

const LONGEST_PAGE = 10_000;
const PREVIEW_PATIENCE_MS = 60_000;
/** A result that is there begins at once: a Snowflake that is silent for as long is away. */
const RESULT_PATIENCE_MS = 25_000;
/** Pieces of about this size go out at a time. */
const PIECE_CHARACTERS = 32_768;

/** Rows on their way out: nothing is read from Snowflake that nobody has taken. */
export interface RowsReply {
  contentType: string;
  pieces: AsyncGenerator<string>;
}

/** Reads one person's result as that person, and writes it as a page, CSV or NDJSON. */
@Injectable()
export class RowsService {
  constructor(
    @Inject(SEALER) private readonly sealer: Sealer,
    private readonly access: SessionAccess,
    private readonly runner: ContextRunner,
    private readonly readers: RowReaders,
  ) {}

  /**
   * Until `reader` is aborted, as it is also after the last piece, this counts as one result being read. Throws FORBIDDEN for a handle that
   * is not ours or too old, RESULT_EXPIRED where Snowflake has the result no more, OVERLOADED where too many are read.
   */
  async read(sealedHandle: string, reader: AbortController): Promise<RowsReply> {
    const handle = this.open(sealedHandle);
    await this.readers.enter(handle, reader.signal);
    const patienceMs = 'queryId' in handle.source ? RESULT_PATIENCE_MS : PREVIEW_PATIENCE_MS;
    const patience = setTimeout(() => reader.abort(), patienceMs);
    try {
      const result = await this.find(handle, reader.signal);
      const { writer, start, end } = plan(handle, result);
      return { contentType: writer.contentType, pieces: write(result, writer, start, end) };
    } catch (error) {
      throw toAppError(error);
    } finally {
      clearTimeout(patience);
    }
  }

  private open(sealedHandle: string): RowsHandle {
    try {
      const handle = JSON.parse(this.sealer.open(sealedHandle, ROWS_HANDLE_PURPOSE)) as RowsHandle;
      if (handle.expiresAtMs > Date.now()) return handle;
    } catch {
      // Changed, forged or sealed by an unknown key: all the same to who sends it.
    }
    throw new AppError('FORBIDDEN', 'The right to read these rows has ended. Ask for them again.');
  }

  private find({ source, context, ...ref }: RowsHandle, signal: AbortSignal): Promise<DriverResult> {
    if ('queryId' in source) {
      const about = { tenantId: ref.tenantId, queryId: source.queryId };
      return this.access.use(ref, ({ connection }) =>
        observedStatement('read', about, () => connection.fetch(source.queryId, signal)),
      );
    }
    requireHarmless(source.sql);
    const [verb] = leadingWords(source.sql, 1);
    if (verb !== 'SELECT' && verb !== 'WITH') throw new AppError('SQL_FAILED', 'Only a query has rows to show.');
    const parameters = { QUERY_TAG: source.queryTag, STATEMENT_TIMEOUT_IN_SECONDS: PREVIEW_PATIENCE_MS / 1000 };
    const preview = { sql: source.sql, binds: source.binds, parameters };
    return this.runner.run(ref, context, preview, signal, { isShort: true, checksLive: true });
  }
}

function plan(
  { format, offset, limit }: RowsHandle,
  result: DriverResult,
): { writer: RowWriter; start: number; end: number } {
  const last = result.rowCount - 1;
  if (format === 'csv') return { writer: csvWriter(result), start: 0, end: last };
  if (format === 'ndjson') return { writer: ndjsonWriter(result), start: 0, end: last };
  const next = offset + Math.min(limit, LONGEST_PAGE);
  const nextCursor = next <= last ? Buffer.from(String(next)).toString('base64url') : null;
  return {
    writer: pageWriter(result, { rowCount: result.rowCount, nextCursor }),
    start: offset,
    end: Math.min(next - 1, last),
  };
}

async function* write(result: DriverResult, writer: RowWriter, start: number, end: number): AsyncGenerator<string> {
  let piece = writer.head;
  let index = 0;
  for await (const batch of result.batches(start, end)) {
    for (const row of batch) {
      piece += writer.row(row, index);
      index += 1;
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
    }
  }
  yield piece + writer.tail;
}

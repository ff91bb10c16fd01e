import { Injectable } from '@nestjs/common';
import type { PreviewRequest, SamplesRequest, SealedHandle } from '@snowflow/contracts/catalog/catalog.dto';
import { ROWS_HANDLE_PURPOSE, RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { CurrentSession } from '../metadata/current-session';
import { qualified } from '../metadata/show-statement';

const ROWS = 50;
/** Distinct values of a column, among so many rows: a column of millions is not read for ten values. */
const SAMPLES = { values: 10, rows: 10_000 };
const LIFE_MS = 60_000;

/** The right to see a source's first rows. The rows themselves go from Snowflake to the reader and are kept nowhere. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly session: CurrentSession,
    private readonly sealer: Sealer,
  ) {}

  async seal({ database, schema, name, limit = ROWS }: PreviewRequest): Promise<SealedHandle> {
    return this.right(`SELECT * FROM ${qualified([database, schema, name])} LIMIT ${limit}`, limit);
  }

  async sealSamples({ database, schema, name, column }: SamplesRequest): Promise<SealedHandle> {
    const value = qualified([column]);
    const rows = `SELECT ${value} FROM ${qualified([database, schema, name])} LIMIT ${SAMPLES.rows}`;
    const sql = `SELECT DISTINCT ${value} FROM (${rows}) WHERE ${value} IS NOT NULL LIMIT ${SAMPLES.values}`;
    return this.right(sql, SAMPLES.values);
  }

  private async right(sql: string, limit: number): Promise<SealedHandle> {
    const { tenantId, id, userId, context } = await this.session.read();
    const handle: RowsHandle = {
      tenantId,
      sessionId: id,
      userId,
      context,
      source: { sql, binds: [], queryTag: JSON.stringify({ app: 'snowflow', tenant: tenantId, use: 'preview' }) },
      format: 'page',
      offset: 0,
      limit,
      expiresAtMs: Date.now() + LIFE_MS,
    };
    return { handle: this.sealer.seal(JSON.stringify(handle), ROWS_HANDLE_PURPOSE) };
  }
}

import { Injectable } from '@nestjs/common';
import type { PreviewRequest, SamplesRequest, SealedHandle, SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import { ROWS_HANDLE_PURPOSE, RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { CurrentSession } from '../metadata/current-session';
import { PreviewPolicies } from './preview-policies';
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
    private readonly policies: PreviewPolicies,
    private readonly sealer: Sealer,
  ) {}

  async seal({ database, schema, name, limit = ROWS }: PreviewRequest): Promise<SealedHandle> {
    const sql = `SELECT * FROM ${qualified([database, schema, name])} LIMIT ${limit}`;
    return this.right({ database, schema, name }, sql, limit);
  }

  async sealSamples({ database, schema, name, column }: SamplesRequest): Promise<SealedHandle> {
    const value = qualified([column]);
    const rows = `SELECT ${value} FROM ${qualified([database, schema, name])} LIMIT ${SAMPLES.rows}`;
    const sql = `SELECT DISTINCT ${value} FROM (${rows}) WHERE ${value} IS NOT NULL LIMIT ${SAMPLES.values}`;
    return this.right({ database, schema, name }, sql, SAMPLES.values);
  }

  private async right(source: SourceName, sql: string, limit: number): Promise<SealedHandle> {
    const session = await this.session.read();
    const { tenantId, id, userId, context } = session;
    await this.policies.check(session, source, sql);
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

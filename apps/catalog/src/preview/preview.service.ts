import { Injectable } from '@nestjs/common';
import type { PreviewRequest, SealedHandle } from '@snowflow/contracts/catalog/catalog.dto';
import { ROWS_HANDLE_PURPOSE, RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { CurrentSession } from '../metadata/current-session';
import { PreviewPolicies } from './preview-policies';
import { qualified } from '../metadata/show-statement';

const ROWS = 50;
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
    const session = await this.session.read();
    const { tenantId, id, userId, context } = session;
    const sql = `SELECT * FROM ${qualified([database, schema, name])} LIMIT ${limit}`;
    await this.policies.check(session, { database, schema, name }, sql);
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

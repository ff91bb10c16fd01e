import { Injectable } from '@nestjs/common';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { UsageGroup, UsageQuery, UsageView } from '@snowflow/contracts/workflow/usage.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { WorkflowStore } from '../database/workflow-store';
import { CurrentSession } from '../validation/current-session';
import { parseRange, type TimeRange } from './time-range';
import { attributedCredits, usedByRuns } from './usage.sql';
import { type Attributed, usageViewOf } from './usage-view';

const DEFAULT_DAYS = 30;
const PATIENCE_MS = 25_000;

/** The role may not read the views, has no warehouse to read them on, or the account has none. */
const UNSHOWN = new Set([
  'SQL_FAILED',
  'SOURCE_NOT_FOUND',
  'SNOWFLAKE_ACCESS_DENIED',
  'CONTEXT_NOT_HONOURED',
  'DEADLINE_EXCEEDED',
]);

/** What a tenant's runs cost: as Snowflake attributes it where the asking person's role may read that, else as estimated here. */
@Injectable()
export class UsageService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly store: WorkflowStore,
    private readonly session: CurrentSession,
  ) {}

  async read({ by = 'workflow', ...query }: UsageQuery): Promise<UsageView> {
    const session = await this.session.requireAdmin('see what everybody uses');
    const range = parseRange(query, DEFAULT_DAYS);
    const [rows, attributed] = await Promise.all([
      this.store.statement(session.tenantId, usedByRuns(range, by)),
      this.attributed(session, range, by),
    ]);
    return usageViewOf(rows, attributed, range, by);
  }

  /** In the person's own Snowflake session, as the role they have now. Undefined where Snowflake does not show it. */
  private async attributed(
    { tenantId, context }: SessionRecord,
    range: TimeRange,
    by: UsageGroup,
  ): Promise<Attributed | undefined> {
    const statement = attributedCredits(tenantId, range, by);
    if (!statement) return undefined;
    try {
      const { rows } = await this.connections.metadata({ ...statement, context }, { deadlineMs: PATIENCE_MS });
      return new Map(rows.map(([key, credits]) => [String(key ?? ''), Number(credits ?? 0)]));
    } catch (error) {
      if (error instanceof AppError && UNSHOWN.has(error.code)) return undefined;
      throw error;
    }
  }
}

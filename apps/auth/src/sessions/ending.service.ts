import { Injectable, Logger } from '@nestjs/common';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentContext } from '@snowflow/transport/request-scope';
import { RefreshTokens } from '../tokens/refresh-tokens';
import { inSession } from './in-session';

const RUNS_MS = 3_000;

/** Ends sessions, here and in Snowflake. */
@Injectable()
export class EndingService {
  private readonly logger = new Logger(EndingService.name);

  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    @InjectClient(workflowContract) private readonly workflow: WorkflowClient,
    private readonly sessions: SessionStore,
    private readonly refreshTokens: RefreshTokens,
  ) {}

  /**
   * `finish` lets runs that go on end first. Every token dies before anything else, whatever becomes of the rest. Its runs are seen to
   * while the record is still there, for it says whose they are; that they can't be holds nothing up.
   */
  async end(record: SessionRecord, runs: 'finish' | 'cancel'): Promise<void> {
    await this.refreshTokens.revoke(record.id);
    await this.sessions.endTokens(record.id);
    await this.tryTo(`${runs} its runs`, record, () => this.seeToRuns(runs));
    await this.sessions.remove(record.id);
    await this.tryTo('close its Snowflake session', record, () => this.connections.close({ statements: runs }));
  }

  private seeToRuns(runs: 'finish' | 'cancel') {
    const options = { deadlineMs: RUNS_MS };
    return runs === 'cancel' ? this.workflow.cancelRuns({}, options) : this.workflow.holdRuns({}, options);
  }

  private async tryTo(what: string, record: SessionRecord, work: () => Promise<unknown>): Promise<void> {
    try {
      await inSession(record, work);
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'INTERNAL';
      const { correlationId } = currentContext();
      this.logger.warn({ correlationId, code, sessionId: record.id }, `A session ended, but nobody could ${what}`);
    }
  }
}

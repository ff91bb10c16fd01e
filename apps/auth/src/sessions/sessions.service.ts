import { Injectable, Logger } from '@nestjs/common';
import type { ConnectReply, ContextRequest, MeView, SessionView } from '@snowflow/contracts/auth/auth.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentContext, runInScope } from '@snowflow/transport/request-scope';
import { RefreshTokens } from '../tokens/refresh-tokens';
import { IssueTokens } from './issue-tokens';
import { nextContext } from './next-context';
import { SessionLife } from './session-life';
import { sessionView } from './session-view';

/** A session after its sign-in: refreshed, moved to another context, ended. */
@Injectable()
export class SessionsService {
  private readonly logger = new Logger(SessionsService.name);

  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly sessions: SessionStore,
    private readonly refreshTokens: RefreshTokens,
    private readonly issueTokens: IssueTokens,
    private readonly life: SessionLife,
  ) {}

  async refresh(token: string): Promise<Required<ConnectReply>> {
    const sessionId = this.refreshTokens.sessionOf(token);
    const record = sessionId === undefined ? undefined : await this.sessions.find(sessionId);
    if (!record) throw ended();
    const rotation = await this.refreshTokens.rotate(record.id, token, this.life.left(record.expiresAt));
    if (rotation.state === 'unknown') throw ended();
    if (rotation.state === 'reused') {
      await this.end(record, 'finish');
      throw new AppError(
        'REFRESH_REUSED',
        'This refresh token was used before, so the session was ended. Sign in again.',
      );
    }
    if (!(await this.sessions.update(record, this.life.idleSeconds))) throw ended();
    return this.issueTokens.reply(record, rotation.token);
  }

  async disconnect(sessionId: string, runs: 'finish' | 'cancel'): Promise<void> {
    await this.end(await this.find(sessionId), runs);
  }

  async me(sessionId: string): Promise<MeView> {
    const record = await this.find(sessionId);
    const { roles, warehouses } = await this.connections.grants({ context: record.context });
    return { ...sessionView(record), roles, warehouses };
  }

  /** Snowflake decides: the context is taken first, and what it then reports is what the session has. */
  async changeContext(sessionId: string, wanted: ContextRequest): Promise<SessionView> {
    const record = await this.find(sessionId);
    const context = await this.connections.checkContext({ context: nextContext(record.context, wanted) });
    const changed = { ...record, context };
    if (!(await this.sessions.update(changed, this.life.idleSeconds))) throw ended();
    return sessionView(changed);
  }

  /** The record goes first: with it every token is dead, whatever becomes of the rest. */
  private async end(record: SessionRecord, statements: 'finish' | 'cancel'): Promise<void> {
    await this.sessions.remove(record.id);
    await this.refreshTokens.revoke(record.id);
    const { correlationId } = currentContext();
    const context = { correlationId, tenantId: record.tenantId, sessionId: record.id, userId: record.userId };
    await runInScope({ context }, () => this.connections.close({ statements })).catch((error: unknown) => {
      const code = error instanceof AppError ? error.code : 'INTERNAL';
      this.logger.warn({ correlationId, code }, 'The Snowflake session was not closed and will expire by itself');
    });
  }

  private async find(sessionId: string): Promise<SessionRecord> {
    const record = await this.sessions.find(sessionId);
    if (!record) throw ended();
    return record;
  }
}

function ended(): AppError {
  return new AppError('SESSION_ENDED', 'The session has ended. Sign in again.');
}

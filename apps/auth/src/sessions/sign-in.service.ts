import { Injectable } from '@nestjs/common';
import type { ConnectReply, SignInRequest } from '@snowflow/contracts/auth/auth.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { OpenedSession } from '@snowflow/contracts/connections/connections.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { tenantIdOf, userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentContext, runInScope } from '@snowflow/transport/request-scope';
import { PeopleRepository } from '../people/people.repository';
import { RefreshTokens } from '../tokens/refresh-tokens';
import { IssueTokens } from './issue-tokens';
import { SessionLife } from './session-life';

/** From a password (or key, or token) to a session. The secret goes to connection-manager and nowhere else. */
@Injectable()
export class SignInService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionStore,
    private readonly refreshTokens: RefreshTokens,
    private readonly issueTokens: IssueTokens,
    private readonly life: SessionLife,
  ) {}

  async connect(request: SignInRequest): Promise<Required<ConnectReply>> {
    const sessionId = newId('ses');
    const { issueRefreshToken: _issue, client: _client, attemptId: _attempt, ...credentials } = request;
    const opened = await this.connections.open({ ...credentials, sessionId });
    const tenantId = tenantIdOf(opened.account);
    const userId = userIdOf(tenantId, opened.username);
    const context = { ...currentContext(), tenantId, sessionId, userId };
    return runInScope({ context }, () => this.begin(request, opened, { tenantId, sessionId, userId }));
  }

  /** Snowflake let the person in. What fails from here on must not leave its session open. */
  private async begin(
    request: SignInRequest,
    opened: OpenedSession,
    { tenantId, sessionId, userId }: { tenantId: string; sessionId: string; userId: string },
  ): Promise<Required<ConnectReply>> {
    try {
      const person = { tenantId, userId, username: opened.username };
      const appRole = await this.people.arrive(person, opened.account);
      const now = Date.now();
      const record: SessionRecord = {
        id: sessionId,
        tenantId,
        userId,
        account: request.account.trim(),
        username: opened.username,
        authenticator: request.authenticator,
        appRole,
        context: opened.context,
        version: 1,
        idleSeconds: this.life.idleSeconds,
        client: request.client ?? 'API client',
        lastSeenAt: new Date(now).toISOString(),
        createdAt: new Date(now).toISOString(),
        expiresAt: new Date(now + this.life.maxSeconds * 1000).toISOString(),
      };
      await this.sessions.save(record, this.life.idleSeconds);
      const refreshToken = await this.refreshTokens.issue(sessionId, this.life.left(record.expiresAt));
      return await this.issueTokens.reply(record, refreshToken);
    } catch (error) {
      await this.connections.close({ statements: 'cancel' }).catch(() => undefined);
      throw error;
    }
  }
}

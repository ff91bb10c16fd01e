import { Injectable } from '@nestjs/common';
import type { ContextRequest, MeView, SessionView } from '@snowflow/contracts/auth/auth.dto';
import type { EndedSessions, SessionListItem } from '@snowflow/contracts/auth/session-list.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { SignedInContext } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import { EndingService } from './ending.service';
import { nextContext } from './next-context';
import { PersonsSessions } from './persons-sessions';
import { assertRoleIsOpen } from './role-needs-sign-in';
import { sessionListItem, sessionView } from './session-view';

/** A session after its sign-in: shown, moved to another context, ended. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly sessions: SessionStore,
    private readonly personsSessions: PersonsSessions,
    private readonly ending: EndingService,
    private readonly changes: ChangeLog,
  ) {}

  async disconnect(sessionId: string, runs: 'finish' | 'cancel'): Promise<void> {
    await this.ending.end(await this.find(sessionId), runs);
  }

  /** Where the role was taken away meanwhile, this says which are left, so that another can be chosen. */
  async me(sessionId: string): Promise<MeView> {
    const record = await this.find(sessionId);
    try {
      const { roles, warehouses } = await this.connections.grants({ context: record.context });
      return { ...sessionView(record), roles, warehouses };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ROLE_REVOKED') throw error;
      const { roles, warehouses } = await this.connections.grants({ context: { ...record.context, role: null } });
      return { ...sessionView(record), roleRevoked: true, roles, warehouses };
    }
  }

  /** Snowflake decides: the context is taken first, and what it then reports is what the session has. */
  async changeContext(sessionId: string, wanted: ContextRequest): Promise<SessionView> {
    const record = await this.find(sessionId);
    assertRoleIsOpen(record, wanted.role);
    const context = await this.connections.checkContext({ context: nextContext(record.context, wanted) });
    const changed = await this.sessions.change(record.id, { context });
    if (!changed) throw sessionEnded();
    return sessionView(changed);
  }

  async list({ tenantId, userId, sessionId }: SignedInContext): Promise<SessionListItem[]> {
    const records = await this.personsSessions.list(tenantId, userId);
    return records.map((record) => sessionListItem(record, sessionId));
  }

  /** Another's session is answered like one that never was. */
  async revoke(sessionId: string, { tenantId, userId }: SignedInContext): Promise<void> {
    const record = await this.sessions.find(sessionId);
    if (!record || record.tenantId !== tenantId || record.userId !== userId) {
      throw new AppError('NOT_FOUND', `You have no session ${sessionId}. It may have ended already.`);
    }
    await this.changes.before(record, {
      action: 'session.revoked',
      object: { kind: 'session', id: record.id, name: record.client },
    });
    await this.ending.end(record, 'finish');
  }

  async revokeAll({ tenantId, userId, sessionId }: SignedInContext): Promise<EndedSessions> {
    const asking = await this.find(sessionId);
    const sessions = (await this.personsSessions.list(tenantId, userId)).length;
    await this.changes.before(asking, {
      action: 'session.revoked',
      object: { kind: 'member', id: userId, name: asking.username },
      before: { sessions },
      after: { sessions: 0 },
    });
    return { ended: await this.personsSessions.endAll(tenantId, userId, 'finish') };
  }

  private async find(sessionId: string): Promise<SessionRecord> {
    const record = await this.sessions.find(sessionId);
    if (!record) throw sessionEnded();
    return record;
  }
}

/** The answer to whoever comes with a session that is over. */
export function sessionEnded(): AppError {
  return new AppError('SESSION_ENDED', 'The session has ended. Sign in again.');
}

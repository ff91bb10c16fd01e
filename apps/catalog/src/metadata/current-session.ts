import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { currentPerson } from '@snowflow/transport/request-scope';

/** Whose eyes a request looks with: the session of its scope and the context the session has now. */
@Injectable()
export class CurrentSession {
  constructor(private readonly sessions: SessionStore) {}

  async read(): Promise<SessionRecord> {
    const { sessionId, tenantId } = currentPerson();
    const record = await this.sessions.find(sessionId);
    if (record?.tenantId !== tenantId) throw new AppError('SESSION_ENDED', 'The session has ended. Sign in again.');
    return record;
  }

  /** For what makes something in Snowflake. Throws FORBIDDEN for viewers; `what` ends the sentence that says so. */
  async readBuilder(what: string): Promise<SessionRecord> {
    const session = await this.read();
    if (session.appRole !== 'viewer') return session;
    throw new AppError('FORBIDDEN', `Viewers may not ${what}. Ask an owner or admin to make you a builder.`);
  }
}

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
}

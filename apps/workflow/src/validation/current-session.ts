import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { currentPerson } from '@snowflow/transport/request-scope';

/** The sign-in of the present request, with the role, warehouse, database and schema it has now. */
@Injectable()
export class CurrentSession {
  constructor(private readonly sessions: SessionStore) {}

  async require(): Promise<SessionRecord> {
    const session = await this.sessions.find(currentPerson().sessionId);
    if (!session) throw new AppError('SESSION_ENDED', 'Your sign-in has ended. Sign in again.');
    return session;
  }

  /** An owner or an admin. `what` ends the sentence that refuses anybody else. */
  async requireAdmin(what: string): Promise<SessionRecord> {
    const session = await this.require();
    if (session.appRole === 'owner' || session.appRole === 'admin') return session;
    throw new AppError('FORBIDDEN', `Only owners and admins of the tenant may ${what}. Ask one of them.`);
  }

  /** For what changes or runs something. Throws FORBIDDEN for viewers. */
  async requireBuilder(): Promise<SessionRecord> {
    const session = await this.require();
    if (session.appRole !== 'viewer') return session;
    throw new AppError(
      'FORBIDDEN',
      'Viewers can read workflows and results, but not save, run or delete them. Ask an owner or admin to make you a builder.',
    );
  }
}

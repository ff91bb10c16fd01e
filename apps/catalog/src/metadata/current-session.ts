import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext, SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { currentContext, currentPerson } from '@snowflow/transport/request-scope';

/** A session and the context in which something is looked at in it. */
export type Eyes = Pick<SessionRecord, 'id' | 'tenantId' | 'context'>;

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

  /**
   * A run looks in the context that is pinned to it, whatever its person has chosen since, and goes on when they have signed out:
   * connection-manager takes what it asks while the session lives, and from then on as long as the run holds it. Whoever asks for no run
   * has to be signed in.
   */
  async ofRun(pinned: PinnedContext): Promise<Eyes> {
    const { runId } = currentContext();
    if (runId === undefined) return this.read();
    const { sessionId: id, tenantId } = currentPerson();
    return { id, tenantId, context: pinned };
  }

  /** For what makes something in Snowflake. Throws FORBIDDEN for viewers; `what` ends the sentence that says so. */
  async readBuilder(what: string): Promise<SessionRecord> {
    const session = await this.read();
    if (session.appRole !== 'viewer') return session;
    throw new AppError('FORBIDDEN', `Viewers may not ${what}. Ask an owner or admin to make you a builder.`);
  }
}

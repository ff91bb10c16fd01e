import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { currentPerson } from '@snowflow/transport/request-scope';

/** Who asks, and what they may decide for their tenant. */
@Injectable()
export class Caller {
  constructor(private readonly sessions: SessionStore) {}

  async session(): Promise<SessionRecord> {
    const record = await this.sessions.find(currentPerson().sessionId);
    if (!record) throw new AppError('SESSION_ENDED', 'The session has ended. Sign in again.');
    return record;
  }

  /** An owner or an admin. `what` ends the sentence that refuses anybody else. */
  async admin(what: string): Promise<SessionRecord> {
    const record = await this.session();
    if (record.appRole === 'owner' || record.appRole === 'admin') return record;
    throw new AppError('FORBIDDEN', `Only owners and admins of the tenant may ${what}. Ask one of them.`);
  }
}

/** For what an admin may not decide. */
export function assertOwner({ appRole }: SessionRecord, what: string): void {
  if (appRole === 'owner') return;
  throw new AppError('FORBIDDEN', `Only owners of the tenant may ${what}. Ask one of them.`);
}

import { Injectable } from '@nestjs/common';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { StoredSignIn } from './stored-sign-in';

/** How a session says by which credential it was opened. */
export function clientOf(credentialId: string): string {
  return `Stored credential ${credentialId}`;
}

/** The living sessions of a credential. */
@Injectable()
export class CredentialSessions {
  constructor(
    private readonly sessions: SessionStore,
    private readonly signIn: StoredSignIn,
  ) {}

  /** The record goes first: from then on nothing is done in the session, whatever becomes of the rest. */
  async end({ id, tenantId, userId }: Pick<SessionRecord, 'id' | 'tenantId' | 'userId'>): Promise<void> {
    await this.sessions.remove(id);
    await this.signIn.close({ tenantId, ownerId: userId }, id);
  }

  async endAll(tenantId: string, ownerId: string, credentialId: string): Promise<void> {
    const living = await this.sessions.list(tenantId, ownerId);
    await Promise.all(
      living
        .filter(({ authenticator, client }) => authenticator === 'credential' && client === clientOf(credentialId))
        .map((record) => this.end(record)),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { EndingService } from '../sessions/ending.service';

/** How a session says by which credential it was opened. */
export function clientOf(credentialId: string): string {
  return `Stored credential ${credentialId}`;
}

/** The living sessions of a credential. */
@Injectable()
export class CredentialSessions {
  constructor(
    private readonly sessions: SessionStore,
    private readonly ending: EndingService,
  ) {}

  /** `cancel`: with the runs that go on in them. */
  async endAll(tenantId: string, ownerId: string, credentialId: string, runs: 'finish' | 'cancel'): Promise<void> {
    const living = await this.sessions.list(tenantId, ownerId);
    await Promise.all(
      living
        .filter(({ authenticator, client }) => authenticator === 'credential' && client === clientOf(credentialId))
        .map((record) => this.ending.end(record, runs)),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { ApiKeysRepository } from '../api-keys/api-keys.repository';
import { MemberDepartures } from '../members/member-departures';
import { CredentialSessions } from './credential-sessions';
import { CredentialsRepository } from './credentials.repository';

/** Who leaves takes their credentials out of use, with what runs under them, and their API keys away. */
@Injectable()
export class CredentialDepartures extends MemberDepartures {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly apiKeys: ApiKeysRepository,
    private readonly sessions: CredentialSessions,
  ) {
    super();
  }

  async left(tenantId: string, userId: string): Promise<void> {
    await this.credentials.suspendAllOf(tenantId, userId, 'Its owner is no longer a member here.');
    await this.apiKeys.removeAllOf(tenantId, userId);
    const own = await this.credentials.list(tenantId, userId);
    for (const { id } of own) await this.sessions.endAll(tenantId, userId, id);
  }
}

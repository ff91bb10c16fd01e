import { Injectable } from '@nestjs/common';
import { ApiKeysRepository } from '../api-keys/api-keys.repository';
import { MemberDepartures } from '../members/member-departures';
import { CredentialsRepository } from './credentials.repository';

/** Who leaves takes their credentials out of use and their API keys away. */
@Injectable()
export class CredentialDepartures extends MemberDepartures {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly apiKeys: ApiKeysRepository,
  ) {
    super();
  }

  async left(tenantId: string, userId: string): Promise<void> {
    await this.credentials.suspendAllOf(tenantId, userId, 'Its owner is no longer a member here.');
    await this.apiKeys.removeAllOf(tenantId, userId);
  }
}

import { Injectable } from '@nestjs/common';
import { ApiKeysRepository } from '../api-keys/api-keys.repository';
import { GoneKeys } from '../api-keys/gone-keys';
import { MemberDepartures } from '../members/member-departures';
import { CredentialsRepository } from './credentials.repository';

/** Who leaves takes their credentials out of use and their API keys away. */
@Injectable()
export class CredentialDepartures extends MemberDepartures {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly apiKeys: ApiKeysRepository,
    private readonly gone: GoneKeys,
  ) {
    super();
  }

  async left(tenantId: string, userId: string): Promise<void> {
    await this.credentials.suspendAllOf(tenantId, userId, 'Its owner is no longer a member here.');
    await this.gone.tell(await this.apiKeys.removeAllOf(tenantId, userId));
  }
}

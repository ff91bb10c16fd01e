import { Injectable } from '@nestjs/common';
import type { ApiKeyIdentity } from '@snowflow/contracts/auth/api-keys.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { PeopleRepository } from '../people/people.repository';
import { limitsOf } from './api-key-view';
import { ApiKeysRepository } from './api-keys.repository';

/** Whose key a hash is of. One indexed look-up, whatever was given: nothing is compared that could be timed. */
@Injectable()
export class IdentifiedKeys {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly people: PeopleRepository,
  ) {}

  async identify(hash: string): Promise<ApiKeyIdentity> {
    const row = await this.keys.findByHash(hash);
    if (!row) throw unknownKey();
    const isPrevious = row.hash !== hash;
    if (isPrevious && (row.previous_until?.getTime() ?? 0) <= Date.now()) throw unknownKey();
    if (row.expires_at.getTime() <= Date.now()) {
      throw new AppError('KEY_EXPIRED', `The API key “${row.name}” has expired. Make a new one in the settings.`);
    }
    const owner = await this.people.find(row.tenant_id, row.user_id);
    // Who may make no keys has none that work; they work again with the role.
    if (owner?.state !== 'active' || owner.app_role === 'viewer') throw unknownKey();
    await this.keys.use(row);
    const endsAt = isPrevious && row.previous_until ? row.previous_until : row.expires_at;
    return {
      id: row.id,
      tenantId: row.tenant_id,
      name: row.name,
      publications: row.publications,
      limits: limitsOf(row),
      endsAtMs: Math.min(endsAt.getTime(), row.expires_at.getTime()),
    };
  }
}

function unknownKey(): AppError {
  return new AppError(
    'UNAUTHENTICATED',
    'The API key is wrong, was revoked, or its owner may have none. Look at it in the settings.',
  );
}

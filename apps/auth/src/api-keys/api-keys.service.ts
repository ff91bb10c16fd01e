import { Injectable } from '@nestjs/common';
import type {
  ApiKeyView,
  CreateApiKeyRequest,
  CreatedApiKey,
  RotateApiKeyRequest,
} from '@snowflow/contracts/auth/api-keys.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ChangeLog } from '../audit/change-log';
import { CurrentMember } from '../credentials/current-member';
import { apiKeyView, limitColumns } from './api-key-view';
import { ApiKeysRepository } from './api-keys.repository';
import { GoneKeys } from './gone-keys';
import { newApiKey } from './new-api-key';

const MOST_OF_ONE_PERSON = 50;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Keys for calling published workflows: each person has only their own. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly members: CurrentMember,
    private readonly keys: ApiKeysRepository,
    private readonly gone: GoneKeys,
    private readonly changes: ChangeLog,
  ) {}

  async list(): Promise<Page<ApiKeyView>> {
    const { tenantId, userId } = await this.members.get();
    return { items: (await this.keys.list(tenantId, userId)).map(apiKeyView), nextCursor: null };
  }

  async create({ name, days, publications = null, limits }: CreateApiKeyRequest): Promise<CreatedApiKey> {
    const member = await this.members.builder();
    const { tenantId, userId } = member;
    if ((await this.keys.list(tenantId, userId)).length >= MOST_OF_ONE_PERSON) {
      throw new AppError('VALIDATION', `You have ${MOST_OF_ONE_PERSON} API keys. Remove one first.`);
    }
    const { id, key, hash } = newApiKey();
    const expires = new Date(Date.now() + days * DAY_MS);
    const row = await this.keys.within(tenantId, async (db) => {
      const columns = { ...limitColumns(limits), publications, expires_at: expires };
      const made = await this.keys.insert(db, { tenant_id: tenantId, id, user_id: userId, name, hash, ...columns });
      const after = { publications, limits: apiKeyView(made).limits, expiresAt: expires.toISOString() };
      await this.changes.byPerson(db, member, { action: 'key.created', object: { kind: 'key', id, name }, after });
      return made;
    });
    return { ...apiKeyView(row), key };
  }

  /** The old secret dies at once, or after the grace that its owner gives whoever uses it. */
  async rotate({ id, graceHours = 0 }: RotateApiKeyRequest): Promise<CreatedApiKey> {
    const member = await this.members.builder();
    const { key, hash } = newApiKey(id);
    const until = new Date(Date.now() + graceHours * HOUR_MS);
    const { row, dead } = await this.keys.within(member.tenantId, async (db) => {
      const before = await this.keys.lock(db, member.userId, id);
      if (!before) throw noKey();
      const rotated = await this.keys.rotate(db, id, hash, graceHours > 0 ? before.hash : null, until);
      await this.changes.byPerson(db, member, {
        action: 'key.rotated',
        object: { kind: 'key', id, name: before.name },
        after: { graceHours },
      });
      return { row: rotated, dead: [before.previous_hash, graceHours > 0 ? null : before.hash] };
    });
    await this.gone.tell(dead);
    return { ...apiKeyView(row), key };
  }

  async remove(id: string): Promise<void> {
    const member = await this.members.get();
    const dead = await this.keys.within(member.tenantId, async (db) => {
      const row = await this.keys.lock(db, member.userId, id);
      if (!row) throw noKey();
      await this.keys.remove(db, id);
      await this.changes.byPerson(db, member, { action: 'key.revoked', object: { kind: 'key', id, name: row.name } });
      return [row.hash, row.previous_hash];
    });
    await this.gone.tell(dead);
  }
}

function noKey(): AppError {
  return new AppError('NOT_FOUND', 'There is no such API key among yours. Look at the list of keys.');
}

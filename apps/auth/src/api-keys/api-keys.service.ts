import { Injectable } from '@nestjs/common';
import type { ApiKeyView, CreateApiKeyRequest, CreatedApiKey } from '@snowflow/contracts/auth/api-keys.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ChangeLog, type Note } from '../audit/change-log';
import { CurrentMember } from '../credentials/current-member';
import { ApiKeysRepository } from './api-keys.repository';
import type { ApiKeyRow } from './api-keys.tables';
import { newApiKey } from './new-api-key';

const MOST_OF_ONE_PERSON = 50;
const DAY_MS = 86_400_000;
const PREFIX_LENGTH = 10;

/** Keys for calling published workflows: each person has only their own. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly members: CurrentMember,
    private readonly keys: ApiKeysRepository,
    private readonly changes: ChangeLog,
  ) {}

  async list(): Promise<Page<ApiKeyView>> {
    const { tenantId, userId } = await this.members.get();
    return { items: (await this.keys.list(tenantId, userId)).map(view), nextCursor: null };
  }

  async create({ name, days }: CreateApiKeyRequest): Promise<CreatedApiKey> {
    const member = await this.members.builder();
    const { tenantId, userId } = member;
    if ((await this.keys.list(tenantId, userId)).length >= MOST_OF_ONE_PERSON) {
      throw new AppError('VALIDATION', `You have ${MOST_OF_ONE_PERSON} API keys. Remove one first.`);
    }
    const { id, key, hash } = newApiKey();
    const expires = new Date(Date.now() + days * DAY_MS);
    const given = { tenant_id: tenantId, id, user_id: userId, name, hash, expires_at: expires };
    const object = { kind: 'key', id, name };
    const note = this.changes.note(member, { action: 'key.created', object, after: { expiresAt: expires } });
    const row = await this.keys.insert(given, note);
    return { ...view(row), key };
  }

  async remove(id: string): Promise<void> {
    const member = await this.members.get();
    const note: Note<ApiKeyRow> = (db, { name }) =>
      this.changes.byPerson(db, member, { action: 'key.revoked', object: { kind: 'key', id, name } });
    if (await this.keys.remove(member.tenantId, member.userId, id, note)) return;
    throw new AppError('NOT_FOUND', 'There is no such API key among yours. Look at the list of keys.');
  }
}

function view(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.id.slice(0, PREFIX_LENGTH),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}

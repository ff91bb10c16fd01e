import { Injectable } from '@nestjs/common';
import type { TenantApiKeyView } from '@snowflow/contracts/auth/api-keys.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ChangeLog } from '../audit/change-log';
import { Caller } from '../members/caller';
import { PeopleRepository } from '../people/people.repository';
import { apiKeyView } from './api-key-view';
import { ApiKeysRepository } from './api-keys.repository';
import { GoneKeys } from './gone-keys';

/** API keys of everybody of a tenant, for those who answer for it: they see that there are any, and end them. */
@Injectable()
export class TenantApiKeysService {
  constructor(
    private readonly caller: Caller,
    private readonly people: PeopleRepository,
    private readonly keys: ApiKeysRepository,
    private readonly gone: GoneKeys,
    private readonly changes: ChangeLog,
  ) {}

  /** The newest first. */
  async list(): Promise<TenantApiKeyView[]> {
    const { tenantId } = await this.caller.admin("see everybody's API keys");
    const [rows, people] = await Promise.all([this.keys.listAll(tenantId), this.people.list(tenantId)]);
    const names = new Map(people.map(({ id, username }) => [id, username]));
    return rows.map((row) => ({
      ...apiKeyView(row),
      userId: row.user_id,
      username: names.get(row.user_id) ?? row.user_id,
    }));
  }

  /** No gateway takes it from that moment on, and the log says whose it was. */
  async revoke(id: string): Promise<void> {
    const asking = await this.caller.admin("revoke somebody else's API key");
    const { tenantId } = asking;
    const dead = await this.keys.within(tenantId, async (db) => {
      const row = await this.keys.lockOfAny(db, id);
      if (!row) throw new AppError('NOT_FOUND', `The tenant has no API key ${id}. It may have been revoked already.`);
      const owner = (await this.people.find(tenantId, row.user_id))?.username ?? null;
      await this.keys.remove(db, id);
      await this.changes.byPerson(db, asking, {
        action: 'key.revoked',
        object: { kind: 'key', id, name: row.name },
        before: { ownerId: row.user_id, owner, publications: row.publications },
      });
      return [row.hash, row.previous_hash];
    });
    await this.gone.tell(dead);
  }
}

import { Injectable } from '@nestjs/common';
import type { TenantSessionView } from '@snowflow/contracts/auth/session-list.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { ChangeLog } from '../audit/change-log';
import { Caller } from '../members/caller';
import { PeopleRepository } from '../people/people.repository';
import { EndingService } from './ending.service';
import { sessionListItem } from './session-view';

/** Sessions of everybody of a tenant, for those who answer for it. */
@Injectable()
export class TenantSessionsService {
  constructor(
    private readonly caller: Caller,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionStore,
    private readonly ending: EndingService,
    private readonly database: TenantDatabase,
    private readonly changes: ChangeLog,
  ) {}

  /** Who was seen last comes first. */
  async list(): Promise<TenantSessionView[]> {
    const { tenantId, id } = await this.caller.admin("see everybody's sessions");
    const people = (await this.people.list(tenantId)).filter(({ state }) => state !== 'invited');
    const records = await Promise.all(people.map((person) => this.sessions.list(tenantId, person.id)));
    return records
      .flat()
      .toSorted((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt))
      .map((record) => viewOf(record, id));
  }

  /** Its runs end first in Snowflake; every token of it is dead before that. */
  async revoke(sessionId: string): Promise<void> {
    const asking = await this.caller.admin("end somebody else's session");
    const record = await this.sessions.find(sessionId);
    if (!record || record.tenantId !== asking.tenantId) {
      throw new AppError('NOT_FOUND', `The tenant has no session ${sessionId}. It may have ended already.`);
    }
    // Sessions live in Redis: what is recorded first and then fails is asked for again, but none ends unrecorded.
    await this.database.transaction(asking.tenantId, (database) =>
      this.changes.byPerson(database, asking, {
        action: 'session.revoked',
        object: { kind: 'session', id: record.id, name: record.username },
        before: { client: record.client, method: record.authenticator, role: record.context.role },
      }),
    );
    await this.ending.end(record, 'finish');
  }
}

function viewOf(record: SessionRecord, askingSessionId: string): TenantSessionView {
  const { userId, username, appRole } = record;
  return { ...sessionListItem(record, askingSessionId), userId, username, appRole };
}

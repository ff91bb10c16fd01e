import { Injectable } from '@nestjs/common';
import type { AuditActor, AuditEntry } from '@snowflow/contracts/audit/audit-entry';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { AuditTrail } from '@snowflow/platform/audit/audit-trail';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { currentContext } from '@snowflow/transport/request-scope';
import type { QueryExecutorProvider } from 'kysely';
import { AUTH_SCHEMA } from '../storage/migrations';

export type Change = Pick<AuditEntry, 'action' | 'object' | 'before' | 'after'>;

/** Writes what a change is in the change's own transaction, last in it; `found`: what was there before. */
export type Note<Found = void> = (db: QueryExecutorProvider, found: Found) => Promise<void>;

/** Who is named as the one who changed something. */
export type ChangingPerson = Pick<SessionRecord, 'tenantId' | 'userId' | 'username'>;

/** The log of what people and keys change of a tenant, its members, its rules and its keys: to be written last in the change's own transaction. */
@Injectable()
export class ChangeLog {
  private readonly trail = new AuditTrail(AUTH_SCHEMA);

  constructor(private readonly database: TenantDatabase) {}

  /** A change by the person of a session. */
  byPerson(db: QueryExecutorProvider, { tenantId, userId, username }: ChangingPerson, change: Change): Promise<void> {
    return this.by(db, tenantId, { kind: 'person', id: userId, name: username }, change);
  }

  /** A note of the change by the person, for the repository that makes it. */
  note(person: ChangingPerson, change: Change): Note<unknown> {
    return (db) => this.byPerson(db, person, change);
  }

  /**
   * For what is changed outside this database: written before it is done, so that nothing is done unwritten. That it was done in the end
   * an entry like this does not say.
   */
  before(person: ChangingPerson, change: Change): Promise<void> {
    return this.database.transaction(person.tenantId, (db) => this.byPerson(db, person, change));
  }

  by(db: QueryExecutorProvider, tenantId: string, actor: AuditActor, change: Change): Promise<void> {
    return this.trail.record(db, tenantId, { actor, ...change, correlationId: currentContext().correlationId });
  }
}

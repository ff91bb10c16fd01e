import { Injectable } from '@nestjs/common';
import type { AuditActor, AuditEntry } from '@snowflow/contracts/audit/audit-entry';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { AuditTrail } from '@snowflow/platform/audit/audit-trail';
import { currentContext } from '@snowflow/transport/request-scope';
import type { QueryExecutorProvider } from 'kysely';
import { AUTH_SCHEMA } from '../storage/migrations';

export type Change = Pick<AuditEntry, 'action' | 'object' | 'before' | 'after'>;

/** The log of what people and keys change of a tenant, its members, its rules and its keys: to be written last in the change's own transaction. */
@Injectable()
export class ChangeLog {
  private readonly trail = new AuditTrail(AUTH_SCHEMA);

  /** A change by the person of a session. */
  byPerson(
    db: QueryExecutorProvider,
    { tenantId, userId, username }: Pick<SessionRecord, 'tenantId' | 'userId' | 'username'>,
    change: Change,
  ): Promise<void> {
    return this.by(db, tenantId, { kind: 'person', id: userId, name: username }, change);
  }

  by(db: QueryExecutorProvider, tenantId: string, actor: AuditActor, change: Change): Promise<void> {
    return this.trail.record(db, tenantId, { actor, ...change, correlationId: currentContext().correlationId });
  }
}

import type { SessionView } from '@snowflow/contracts/auth/auth.dto';
import type { SessionListItem } from '@snowflow/contracts/auth/session-list.dto';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';

/** A session as its person sees it. */
export function sessionView(record: SessionRecord): SessionView {
  const { id, tenantId, account, username, authenticator, appRole, createdAt, expiresAt } = record;
  const { role, warehouse, database, schema } = record.context;
  return {
    id,
    tenantId,
    account,
    username,
    authenticator,
    role,
    warehouse,
    database,
    schema,
    appRole,
    createdAt,
    expiresAt,
  };
}

/** A session in the list of its person's, seen from the session that asks. */
export function sessionListItem(record: SessionRecord, askingSessionId: string): SessionListItem {
  const { id, client, authenticator, context, createdAt, lastSeenAt, expiresAt } = record;
  return {
    id,
    current: id === askingSessionId,
    client,
    authenticator,
    role: context.role,
    createdAt,
    lastSeenAt,
    expiresAt,
  };
}

import type { SessionView } from '@snowflow/contracts/auth/auth.dto';
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

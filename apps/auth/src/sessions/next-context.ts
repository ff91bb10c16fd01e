import type { ContextRequest } from '@snowflow/contracts/auth/auth.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';

/** The context a person asks for: what they don't name stays, but a schema belongs to its database. */
export function nextContext(current: PinnedContext, wanted: ContextRequest): PinnedContext {
  const movesDatabase = wanted.database !== undefined && wanted.database !== current.database;
  return {
    role: wanted.role ?? current.role,
    secondaryRoles: current.secondaryRoles,
    warehouse: wanted.warehouse ?? current.warehouse,
    database: wanted.database ?? current.database,
    schema: wanted.schema ?? (movesDatabase ? null : current.schema),
  };
}

import type { AuditFilters } from '@snowflow/contracts/audit/audit.dto';
import { parseMoment } from '@snowflow/contracts/dto/parse-moment';
import { type RawBuilder, sql } from 'kysely';

/** The condition of a list's filters on `entry`. Throws VALIDATION for moments that are none. */
export function auditFilter(filters: AuditFilters): RawBuilder<boolean> {
  const { actor, action, objectKind, objectId, search, correlationId } = filters;
  const from = parseMoment('from', filters.from);
  const to = parseMoment('to', filters.to);
  const conditions = [sql`true`];
  if (actor) conditions.push(sql`(entry.actor_id = ${actor} OR strpos(lower(entry.actor_name), lower(${actor})) > 0)`);
  if (action) {
    const prefix = `${action.replace(/\.$/, '')}.`;
    conditions.push(sql`(entry.action = ${action} OR starts_with(entry.action, ${prefix}))`);
  }
  if (objectKind) conditions.push(sql`entry.object_kind = ${objectKind}`);
  if (objectId) conditions.push(sql`entry.object_id = ${objectId}`);
  if (search) conditions.push(sql`strpos(lower(entry.object_name), lower(${search})) > 0`);
  if (correlationId) conditions.push(sql`entry.correlation_id = ${correlationId}`);
  if (from) conditions.push(sql`entry.at >= ${from}`);
  if (to) conditions.push(sql`entry.at < ${to}`);
  return sql<boolean>`${sql.join(conditions, sql` AND `)}`;
}

import { AUDIT_LOGS, type AuditLogName } from '@snowflow/contracts/audit/audit.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';

/** Where a merged list goes on: of each log, before which entry. */
export type AuditPlaces = Readonly<Record<AuditLogName, number>>;

/** The opaque cursor of these places. */
export function auditCursor(places: AuditPlaces): string {
  return Buffer.from(JSON.stringify(AUDIT_LOGS.map((log) => places[log]))).toString('base64url');
}

/** Throws VALIDATION for what no page of the list gave. */
export function parseAuditCursor(cursor: string | undefined): AuditPlaces | undefined {
  if (cursor === undefined) return undefined;
  try {
    const numbers: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(numbers) && numbers.length === AUDIT_LOGS.length) {
      const [auth, workflow]: unknown[] = numbers;
      if (isPlace(auth) && isPlace(workflow)) return { auth, workflow };
    }
  } catch {
    // Not JSON: not a cursor of ours either.
  }
  throw new AppError('VALIDATION', 'The cursor is not one that a page of this list gave.', {
    errors: [{ path: 'cursor', message: 'Take it from nextCursor of the page before' }],
  });
}

const isPlace = (place: unknown): place is number => Number.isSafeInteger(place) && Number(place) >= 1;

import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';

/** A session that OAuth bound to one role takes another only by another sign-in: says where that begins. */
export function assertRoleIsOpen(record: SessionRecord, role: string | undefined): void {
  if (role === undefined || role === record.context.role || !record.isBoundToRole) return;
  const provider = record.authenticator === 'external-oauth' ? 'external' : 'snowflake';
  const query = new URLSearchParams({ account: record.account, role, provider });
  throw new AppError(
    'ROLE_NEEDS_SIGN_IN',
    `This sign-in is bound to the role ${record.context.role ?? 'it began with'}. Sign in once more to take ${role}.`,
    { extensions: { authorizeUrl: `/api/v1/auth/oauth/authorize?${query.toString()}` } },
  );
}

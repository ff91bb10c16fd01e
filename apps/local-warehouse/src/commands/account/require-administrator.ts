import { Access } from '../../catalog/access';
import type { Statement } from '../../statements/statement';
import { accessDenied } from '../../statements/warehouse-error';

/** Users and roles are managed by USERADMIN and who inherits it. */
export function requireAdministrator({ session, context }: Statement): void {
  if (new Access(session, context).holds('USERADMIN')) return;
  throw accessDenied(`Insufficient privileges to operate on account '${session.account.settings.name}'`);
}

import { Access } from '../../catalog/access';
import type { Statement } from '../../statements/statement';
import { accessDenied } from '../../statements/warehouse-error';

/** Users and roles are managed by USERADMIN and who inherits it. */
export function requireAdministrator(statement: Statement): void {
  assertMay(statement, (access) => access.holds('USERADMIN'));
}

/** Who may hand on MANAGE GRANTS: who has it. CREATE ROLE, as USERADMIN has it, is not enough. */
export function requireGrantManager(statement: Statement): void {
  const { population } = statement.session.account;
  assertMay(statement, (access) => population.grantManagers().some((role) => access.holds(role)));
}

function assertMay({ session, context }: Statement, may: (access: Access) => boolean): void {
  if (may(new Access(session, context))) return;
  throw accessDenied(`Insufficient privileges to operate on account '${session.account.settings.name}'`);
}

/** Roles every account has, and what each inherits: what ANALYST may, SYSADMIN may too, and so on. */
const inherited: Readonly<Record<string, readonly string[]>> = {
  ACCOUNTADMIN: ['SECURITYADMIN', 'USERADMIN', 'SYSADMIN', 'ANALYST', 'PUBLIC'],
  SECURITYADMIN: ['USERADMIN', 'PUBLIC'],
  USERADMIN: ['PUBLIC'],
  SYSADMIN: ['ANALYST', 'PUBLIC'],
  ANALYST: ['PUBLIC'],
  PUBLIC: [],
};

export const systemRoles: readonly string[] = Object.keys(inherited);

/** Those that have MANAGE GRANTS on the account from the start. */
export const systemManagers: readonly string[] = ['SECURITYADMIN'];

/** A role that a statement made inherits nothing but PUBLIC. */
export const inheritedBy = (role: string): readonly string[] => inherited[role] ?? ['PUBLIC'];

/** Every role that may be taken by who was granted these. */
export const takeable = (granted: readonly string[]): ReadonlySet<string> =>
  new Set(['PUBLIC', ...granted, ...granted.flatMap(inheritedBy)]);

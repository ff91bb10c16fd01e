import type { GivenRole, Member } from '../../../api/tenant';

/** Who looks at the list. */
export interface Viewing {
  username: string;
  appRole: Member['appRole'];
}

/** The roles that the person may give. Owners come from Snowflake or from a proof, admins from owners. */
export function givableRoles(appRole: Member['appRole']): readonly GivenRole[] {
  return appRole === 'owner' ? ['admin', 'builder', 'viewer'] : ['builder', 'viewer'];
}

/** Why the person cannot remove the member; undefined where they can. */
export function whyNotRemove(viewing: Viewing, member: Member): string | undefined {
  if (member.username === viewing.username) return 'Nobody changes or removes themselves. Ask another owner or admin.';
  const isAbove = member.appRole === 'owner' || member.appRole === 'admin';
  if (isAbove && viewing.appRole !== 'owner') return 'Only owners change or remove owners and admins.';
  return undefined;
}

/** Why the person cannot give the member another role; undefined where they can. */
export function whyNotChange(viewing: Viewing, member: Member): string | undefined {
  if (member.because === 'snowflake-role') {
    return 'This person owns the tenant by a Snowflake role. Revoke it in Snowflake, or name other owner roles.';
  }
  return whyNotRemove(viewing, member);
}

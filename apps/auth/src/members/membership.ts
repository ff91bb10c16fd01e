import type { MembershipReason, TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import type { AppRole } from '@snowflow/contracts/sessions/session-record';

export interface Membership {
  appRole: AppRole;
  because: MembershipReason;
}

/** What was decided about a person before. */
export interface KnownMember {
  state: 'active' | 'invited' | 'removed';
  granted: Membership | undefined;
}

/** Everybody holds it, whether or not Snowflake lists it. */
const EVERYBODY = 'PUBLIC';

/**
 * Who somebody is in a tenant, from the roles that Snowflake grants them: owners by their role, then by what was given to them here,
 * then by the first rule that lets them join. Undefined: no member. Who was removed comes back by an owner's role or an invitation only.
 */
export function membershipOf(
  roles: readonly string[],
  { ownerRoles, autoJoin }: Pick<TenantSettings, 'ownerRoles' | 'autoJoin'>,
  known?: KnownMember,
): Membership | undefined {
  if (ownerRoles.some((role) => roles.includes(role))) return { appRole: 'owner', because: 'snowflake-role' };
  if (known?.state === 'removed') return undefined;
  if (known?.granted) return known.granted;
  const rule = autoJoin.find(({ snowflakeRole }) => snowflakeRole === EVERYBODY || roles.includes(snowflakeRole));
  return rule && { appRole: rule.appRole, because: 'auto-join' };
}

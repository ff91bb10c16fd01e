import { Flag, Moment, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import {
  APP_ROLES,
  AppRole,
  OAUTH_PROVIDERS,
  OauthProvider,
  SIGN_IN_METHODS,
  SignInMethod,
} from '../sessions/session-record';
import type { TenantLimits } from '../sessions/tenant-limits';
import { RunBudgetDto } from '../workflow/budget.dto';

export class TenantLimitsDto implements TenantLimits {
  @Whole({ min: 1, max: 1_000 }) statementsPerSession: number;
  @Whole({ min: 1, max: 10_000 }) statementsPerTenant: number;
  @Whole({ min: 0, max: 100_000 }) queueLength: number;
  @Whole({ min: 0, max: 60_000 }) queueWaitMs: number;
  @Whole({ min: 1, max: 172_800 }) queryTimeoutSeconds: number;
  @Whole({ min: 1, max: 10_000, nullable: true, description: "Runs at once; null: the installation's number" })
  runsPerTenant: number | null;
  @Whole({ min: 1, max: 10_000, nullable: true, description: "Runs at once; null: the installation's number" })
  runsPerWorkflow: number | null;
  @Whole({ min: 1, max: 10_000, nullable: true, description: "Runs at once; null: the installation's number" })
  runsPerWarehouse: number | null;
  @Whole({
    min: 1,
    max: 3_650,
    nullable: true,
    description: "Finished runs are kept so long; null: the installation's",
  })
  runRetentionDays: number | null;
  @Nested(() => RunBudgetDto, { description: 'The most that any run may take' }) runBudget: RunBudgetDto;
}

/** Who holds the Snowflake role joins as the app role, without an invitation. */
export class AutoJoinRule {
  @Text() snowflakeRole: string;
  @OneOf(['builder', 'viewer']) appRole: 'builder' | 'viewer';
}

/** What owners and admins decide for their tenant. */
export class TenantSettings {
  @Whole({
    max: 999_999_999,
    description:
      'Counts the saves; 0: nobody has decided anything. A save names the one that was read: over another it is refused',
  })
  version: number;
  @Texts({ max: 10, description: 'Ways to sign in: ' + SIGN_IN_METHODS.join(', ') }) methods: SignInMethod[];
  @Whole({ min: 300, max: 86_400 }) sessionIdleSeconds: number;
  @Whole({ min: 600, max: 604_800 }) sessionMaxSeconds: number;
  @Texts({ max: 20, description: 'Snowflake roles whose holders own the tenant' }) ownerRoles: string[];
  @Nested(() => AutoJoinRule, { many: true, max: 50 }) autoJoin: AutoJoinRule[];
  @Nested(() => TenantLimitsDto) limits: TenantLimitsDto;
  @Text({ nullable: true }) defaultWarehouse: string | null;
}

export class MemberView {
  @Text() userId: string;
  @Text() username: string;
  @OneOf(APP_ROLES) appRole: AppRole;
  @OneOf(['snowflake-role', 'proof', 'auto-join', 'invitation', 'assigned'], { description: 'Why the role is theirs' })
  because: MembershipReason;
  @OneOf(['active', 'invited', 'removed']) state: 'active' | 'invited' | 'removed';
  @Moment({ nullable: true }) lastSeenAt: string | null;
}
export type MembershipReason = 'snowflake-role' | 'proof' | 'auto-join' | 'invitation' | 'assigned';

export class InviteRequest {
  @Text({ description: 'Snowflake user name' }) username: string;
  @OneOf(['admin', 'builder', 'viewer']) appRole: 'admin' | 'builder' | 'viewer';
}

export class MemberId {
  @Text() userId: string;
}

export class ColleagueQuery {
  @Text({ description: 'Snowflake user name' }) username: string;
}

/** What everybody of a tenant may know of another active member. */
export interface ColleagueView {
  userId: string;
  username: string;
  appRole: AppRole;
}

export class ChangeMemberRequest extends MemberId {
  @OneOf(['admin', 'builder', 'viewer']) appRole: 'admin' | 'builder' | 'viewer';
}

export class ChangeMemberBody {
  @OneOf(['admin', 'builder', 'viewer']) appRole: 'admin' | 'builder' | 'viewer';
}

/** A tenant's OAuth client, without its secret. */
export class OauthClientView {
  @OneOf(OAUTH_PROVIDERS) provider: OauthProvider;
  @Text({ max: 500 }) clientId: string;
  @Text({ nullable: true, max: 500 }) issuer: string | null;
  @Flag() hasSecret: boolean;
  @Moment({ nullable: true, description: 'The last sign-in that succeeded with it' }) provenAt: string | null;
}

export class SaveOauthClientBody {
  @Text({ max: 500 }) clientId: string;
  @Text({ optional: true, max: 2_000, secret: true, description: 'Left out: the stored one stays' })
  clientSecret?: string;
  @Text({ optional: true, max: 500, description: 'Of an external provider' }) issuer?: string;
}

export class SaveOauthClientRequest extends SaveOauthClientBody {
  @OneOf(OAUTH_PROVIDERS) provider: OauthProvider;
}

export class OauthProviderId {
  @OneOf(OAUTH_PROVIDERS) provider: OauthProvider;
}

/** Statements to run in Snowflake that prove the right to manage its grants. */
export class OwnershipChallenge {
  @Text({ max: 2_000 }) sql: string;
  @Text({ max: 2_000, description: 'Drops the role afterwards, which may grant anything' }) cleanUpSql: string;
  @Moment() expiresAt: string;
}

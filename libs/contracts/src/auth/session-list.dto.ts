import { Flag, Moment, OneOf, Text, Whole } from '../dto/fields';
import { APP_ROLES, AppRole, AUTHENTICATORS, Authenticator } from '../sessions/session-record';

/** One of a person's sign-ins. */
export class SessionListItem {
  @Text() id: string;
  @Flag({ description: 'The one that asks' }) current: boolean;
  @Text({ description: 'As "Chrome on Windows"' }) client: string;
  @OneOf(AUTHENTICATORS) authenticator: Authenticator;
  @Text({ nullable: true }) role: string | null;
  @Moment() createdAt: string;
  @Moment() lastSeenAt: string;
  @Moment() expiresAt: string;
}

/** A sign-in of somebody of the tenant, or what a stored credential opened. */
export class TenantSessionView extends SessionListItem {
  @Text() userId: string;
  @Text({ description: 'The Snowflake user' }) username: string;
  @OneOf(APP_ROLES) appRole: AppRole;
}

export class SessionId {
  @Text() sessionId: string;
}

export class EndedSessions {
  @Whole() ended: number;
}

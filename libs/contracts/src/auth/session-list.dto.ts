import { Flag, Moment, OneOf, Text, Whole } from '../dto/fields';
import { AUTHENTICATORS, Authenticator } from '../sessions/session-record';

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

export class SessionId {
  @Text() sessionId: string;
}

export class EndedSessions {
  @Whole() ended: number;
}

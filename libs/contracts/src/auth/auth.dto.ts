import { Flag, Moment, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import {
  APP_ROLES,
  AppRole,
  AUTHENTICATORS,
  Authenticator,
  DIRECT_METHODS,
  DirectMethod,
} from '../sessions/session-record';

export class ConnectRequest {
  @Text({ description: 'Account identifier (organization-account), or demo', example: 'demo' }) account: string;
  @OneOf(DIRECT_METHODS) authenticator: DirectMethod;
  @Flag({ optional: true, description: 'API clients: answer the refresh token in the body' })
  issueRefreshToken?: boolean;
  @Text({ optional: true, example: 'demo', description: 'Not needed where a token says who it is' }) username?: string;
  @Text({ optional: true, max: 1024, secret: true }) password?: string;
  @Text({ optional: true, max: 32, secret: true }) passcode?: string;
  @Flag({ optional: true, description: 'Wait up to a minute for a pushed MFA request to be approved' }) push?: boolean;
  @Text({ optional: true, max: 20_000, secret: true }) privateKey?: string;
  @Text({ optional: true, max: 1024, secret: true }) privateKeyPassphrase?: string;
  @Text({ optional: true, max: 20_000, secret: true }) token?: string;
  @Text({ optional: true }) role?: string;
  @Text({ optional: true }) warehouse?: string;
  @Text({ optional: true }) database?: string;
  @Text({ optional: true }) schema?: string;
}

/** What the gateway adds to a sign-in from the request it came by. */
export class SignInRequest extends ConnectRequest {
  @Text({ optional: true, max: 100 }) client?: string;
  @Text({ optional: true, description: 'Names the attempt, so that who leaves can abandon it' }) attemptId?: string;
}

export class AbandonRequest {
  @Text() attemptId: string;
}

export class RefreshRequest {
  @Text({ optional: true, max: 512, secret: true, description: 'API clients; browsers send the cookie' })
  refreshToken?: string;
}

export class DisconnectRequest {
  @OneOf(['finish', 'cancel'], { optional: true, description: 'What happens to runs that go on' }) runs?:
    'finish' | 'cancel';
}

export class ContextRequest {
  @Text({ optional: true }) role?: string;
  @Text({ optional: true }) warehouse?: string;
  @Text({ optional: true }) database?: string;
  @Text({ optional: true }) schema?: string;
}

export class SessionView {
  @Text() id: string;
  @Text() tenantId: string;
  @Text() account: string;
  @Text() username: string;
  @OneOf(AUTHENTICATORS) authenticator: Authenticator;
  @Text({ nullable: true }) role: string | null;
  @Text({ nullable: true }) warehouse: string | null;
  @Text({ nullable: true }) database: string | null;
  @Text({ nullable: true }) schema: string | null;
  @OneOf(APP_ROLES) appRole: AppRole;
  @Flag({ optional: true, description: 'Snowflake no longer grants the role: choose another to go on' })
  roleRevoked?: boolean;
  @Moment() createdAt: string;
  @Moment() expiresAt: string;
}

export class MeView extends SessionView {
  @Texts({ description: 'Roles this person may take' }) roles: string[];
  @Texts({ description: 'Warehouses the current role may use' }) warehouses: string[];
}

export class ConnectReply {
  @Text({ max: 4096 }) accessToken: string;
  @OneOf(['Bearer']) tokenType: 'Bearer';
  @Whole({ description: 'Seconds' }) expiresIn: number;
  @Nested(() => SessionView) session: SessionView;
  @Text({ optional: true, max: 512 }) refreshToken?: string;
}

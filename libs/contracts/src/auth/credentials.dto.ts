import { Moment, Nested, OneOf, Text } from '../dto/fields';
import { OAUTH_PROVIDERS, OauthProvider } from '../sessions/session-record';

export const CREDENTIAL_KINDS = ['key-pair', 'pat', 'oauth'] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/**
 * A right to use a credential: for one workflow as it stood at one revision, under one role and warehouse. Another revision needs
 * another approval.
 */
export class CredentialBinding {
  @Text() id: string;
  @Text() workflowId: string;
  @Text({ description: 'SHA-256 of the revision, hex' }) revisionHash: string;
  @Text() role: string;
  @Text({ nullable: true }) warehouse: string | null;
  @OneOf(['proposed', 'approved', 'revoked']) state: 'proposed' | 'approved' | 'revoked';
  @Moment() proposedAt: string;
  @Moment({ nullable: true }) approvedAt: string | null;
}

/** A stored credential: named, owned, write-only. */
export class CredentialView {
  @Text() id: string;
  @Text({ max: 100 }) name: string;
  @OneOf(CREDENTIAL_KINDS) kind: CredentialKind;
  @OneOf(OAUTH_PROVIDERS, { nullable: true, description: 'Who gave its OAuth grant' }) provider: OauthProvider | null;
  @Text({ nullable: true, description: 'The one role that its OAuth grant is for; null where it may take any' })
  boundRole: string | null;
  @Text({ description: 'The Snowflake user it signs in as' }) username: string;
  @Text({ description: 'The user id of who stored it' }) ownerId: string;
  @OneOf(['active', 'suspended']) state: 'active' | 'suspended';
  @Text({ nullable: true, max: 500, description: 'Why it is suspended' }) reason: string | null;
  @Moment() createdAt: string;
  @Moment({ nullable: true }) lastUsedAt: string | null;
  @Nested(() => CredentialBinding, { many: true }) bindings: CredentialBinding[];
}

/** Its owner is who stores it; it is tried against Snowflake before it is kept. */
export class StoreCredentialRequest {
  @Text({ max: 100 }) name: string;
  @OneOf(['key-pair', 'pat']) kind: 'key-pair' | 'pat';
  @Text({ max: 20_000, secret: true, description: 'The private key as PEM (PKCS#8), or the token' }) secret: string;
  @Text({ optional: true, max: 1024, secret: true }) passphrase?: string;
}

/**
 * Stores an OAuth refresh token: the browser goes to the provider for a grant that nobody signs in by. With a `name` it is a new
 * credential; with a `credentialId` it takes the place of that one's secret.
 */
export class OauthCredentialBody {
  @Text({ optional: true, max: 100 }) name?: string;
  @Text({ optional: true }) credentialId?: string;
  @OneOf(OAUTH_PROVIDERS, { optional: true, description: "Without it Snowflake's own comes first" })
  provider?: OauthProvider;
  @Text({ optional: true, description: 'The one role that the grant is to be for; without it the default role' })
  role?: string;
}

/** `redirectUri` is the gateway's callback. */
export class OauthCredentialRequest extends OauthCredentialBody {
  @Text({ max: 500 }) redirectUri: string;
}

export class OauthCredentialReply {
  @Text({ max: 4_000, description: 'Where to send the browser, which comes back to /settings/credentials' })
  authorizeUrl: string;
}

export class CredentialId {
  @Text() id: string;
}

export class ReplaceSecretBody {
  @Text({ max: 20_000, secret: true }) secret: string;
  @Text({ optional: true, max: 1024, secret: true }) passphrase?: string;
}

export class ReplaceSecretRequest extends ReplaceSecretBody {
  @Text() id: string;
}

export class ProposeBindingBody {
  @Text() workflowId: string;
  @Text({ pattern: /^[0-9a-f]{64}$/ }) revisionHash: string;
  @Text() role: string;
  @Text({ nullable: true }) warehouse: string | null;
}

export class ProposeBindingRequest extends ProposeBindingBody {
  @Text() id: string;
}

export class BindingId {
  @Text() id: string;
  @Text() bindingId: string;
}

/** Asked by a scheduled or published run, never by a draft: opens a Snowflake session under an approved binding. */
export class UseCredentialRequest extends ProposeBindingBody {
  @Text() id: string;
  @OneOf(['schedule', 'published']) purpose: 'schedule' | 'published';
}

/** The session of a stored credential: whose it is, and where it stands. */
export interface CredentialSession {
  sessionId: string;
  userId: string;
}

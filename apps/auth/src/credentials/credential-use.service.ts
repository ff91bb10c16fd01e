import { Injectable } from '@nestjs/common';
import type { CredentialSession, UseCredentialRequest } from '@snowflow/contracts/auth/credentials.dto';
import type { OpenedSession } from '@snowflow/contracts/connections/connections.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';
import type { AppRole, SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { currentContext } from '@snowflow/transport/request-scope';
import { PeopleRepository } from '../people/people.repository';
import { lifeOf } from '../sessions/session-life';
import { TenantRules } from '../tenants/tenant-rules';
import { SecretStore } from '../vaults/secret-store';
import { BindingsRepository } from './bindings.repository';
import { boundElsewhere, isBoundElsewhere } from './bound-role';
import { CredentialPolicy } from './credential-policy';
import { CredentialSecret, readSecret } from './credential-secret';
import { clientOf } from './credential-sessions';
import { CredentialSuspension, suspended, unusable } from './credential-suspension';
import { CredentialsRepository } from './credentials.repository';
import type { CredentialRow } from './credentials.tables';
import { GrantRefresh } from './grant-refresh';
import { StoredIdentity, StoredSignIn } from './stored-sign-in';

/** What does not pass by itself: from then on the credential is of no use until its owner does something. */
const LASTING: ReadonlySet<LoginFailure> = new Set<LoginFailure>([
  'WRONG_CREDENTIALS',
  'KEY_MISMATCH',
  'KEY_UNREADABLE',
  'KEY_ENCRYPTED',
  'PASSPHRASE_WRONG',
  'TOKEN_INVALID',
  'TOKEN_EXPIRED',
  'ROLE_NOT_GRANTED',
  'USER_DISABLED',
]);

/** Sessions for scheduled and published runs, which have no person: under a binding that the credential's owner approved. */
@Injectable()
export class CredentialUseService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly bindings: BindingsRepository,
    private readonly people: PeopleRepository,
    private readonly store: SecretStore,
    private readonly signIn: StoredSignIn,
    private readonly records: SessionStore,
    private readonly rules: TenantRules,
    private readonly policy: CredentialPolicy,
    private readonly grants: GrantRefresh,
    private readonly suspension: CredentialSuspension,
  ) {}

  /** Other purposes than `schedule` and `published` are no valid request. */
  async use(request: UseCredentialRequest): Promise<CredentialSession> {
    const { id, workflowId, revisionHash, role, warehouse } = request;
    const target = { workflowId, revisionHash, role, warehouse };
    const { tenantId } = currentContext();
    if (!tenantId) throw new AppError('UNAUTHENTICATED', 'A stored credential is used within a tenant.');
    const credential = await this.credentials.find(tenantId, id);
    if (!credential) throw unusable('The stored credential was removed. Choose another one for this workflow.');
    if (credential.state === 'suspended') throw suspended(credential, credential.reason);
    const binding = await this.bindings.findLive({ tenantId, credentialId: id, ...target });
    if (binding?.state !== 'approved') throw unusable(notApproved(credential));
    if (isBoundElsewhere(credential, role)) throw unusable(boundElsewhere(credential, role));
    await this.policy.assertAllowed(tenantId, credential, 'CREDENTIAL_UNUSABLE');
    const appRole = await this.ownersRole(credential);
    const record = await this.open(credential, target, appRole);
    if (await this.credentials.use(tenantId, id, binding.id)) return { sessionId: record.id, userId: record.userId };
    await this.records.remove(record.id);
    await this.signIn.close({ tenantId, ownerId: record.userId }, record.id);
    throw unusable(notApproved(credential));
  }

  private async ownersRole(credential: CredentialRow): Promise<AppRole> {
    const owner = await this.people.find(credential.tenant_id, credential.owner_id);
    if (owner?.state !== 'active')
      throw await this.suspension.suspend(credential, 'Its owner is no longer a member here.');
    if (owner.app_role === 'viewer')
      throw await this.suspension.suspend(credential, 'Its owner may no longer run workflows here.');
    return owner.app_role;
  }

  private async open(
    row: CredentialRow,
    { role, warehouse }: { role: string; warehouse: string | null },
    appRole: AppRole,
  ): Promise<SessionRecord> {
    const { tenant_id: tenantId, owner_id: ownerId, account, username, kind } = row;
    const secret = await this.secretOf(row);
    const identity: StoredIdentity = { tenantId, ownerId, account, username, kind };
    const sessionId = newId('ses');
    let opened: OpenedSession;
    try {
      opened = await this.signIn.open(identity, secret, { role, warehouse }, sessionId);
    } catch (error) {
      throw await this.whyNot(row, error);
    }
    try {
      if (!opened.roles.includes(role) || opened.context.role !== role) {
        throw await this.suspension.suspend(row, `Snowflake no longer grants its owner the role ${role}.`);
      }
      const record = await this.record(row, opened, sessionId, appRole);
      await this.records.save(record);
      return record;
    } catch (error) {
      await this.signIn.close(identity, sessionId);
      throw error;
    }
  }

  /** What signs in: the stored secret, or what an OAuth provider gives for it now. */
  private async secretOf(row: CredentialRow): Promise<CredentialSecret> {
    if (row.kind === 'oauth') return { secret: await this.grants.accessTokenOf(row) };
    const text = await this.store.get({ tenantId: row.tenant_id, name: row.secret_name });
    const secret = text === undefined ? undefined : readSecret(text);
    if (secret) return secret;
    throw await this.suspension.suspend(row, 'Its secret is not in the store of secrets.');
  }

  /** No token is made for it: nothing but runs of this tenant works in it. Nobody refreshes it either, so it is never idle. */
  private async record(
    row: CredentialRow,
    { context }: OpenedSession,
    id: string,
    appRole: AppRole,
  ): Promise<SessionRecord> {
    const { sessionMaxSeconds } = await this.rules.of(row.tenant_id, false);
    const now = new Date().toISOString();
    return {
      id,
      tenantId: row.tenant_id,
      userId: row.owner_id,
      account: row.account,
      username: row.username,
      authenticator: 'credential',
      appRole,
      context,
      version: 1,
      ...lifeOf({ sessionIdleSeconds: sessionMaxSeconds, sessionMaxSeconds }, { createdAt: now }),
      client: clientOf(row.id),
      lastSeenAt: now,
      createdAt: now,
    };
  }

  private async whyNot(row: CredentialRow, error: unknown): Promise<unknown> {
    if (!(error instanceof AppError)) return error;
    if (error.code === 'FORBIDDEN')
      return this.suspension.suspend(row, 'It signs in as another Snowflake user than its owner.');
    const reason = error.details.extensions?.reason as LoginFailure | undefined;
    if (error.code === 'ROLE_REVOKED' || (reason !== undefined && LASTING.has(reason))) {
      return this.suspension.suspend(row, error.message);
    }
    return error;
  }
}

function notApproved({ name }: CredentialRow): string {
  return `The stored credential "${name}" is not approved for this revision of the workflow under this role and warehouse. Ask its owner.`;
}

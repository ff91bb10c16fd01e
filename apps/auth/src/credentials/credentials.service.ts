import { Injectable } from '@nestjs/common';
import type {
  CredentialView,
  ReplaceSecretRequest,
  StoreCredentialRequest,
} from '@snowflow/contracts/auth/credentials.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { ChangeLog } from '../audit/change-log';
import { SecretStore } from '../vaults/secret-store';
import { BindingsRepository } from './bindings.repository';
import { CredentialKeeper, credentialObject, noCredential } from './credential-keeper';
import { CredentialPolicy } from './credential-policy';
import { CredentialSecret, writeSecret } from './credential-secret';
import { CredentialSessions } from './credential-sessions';
import { credentialView } from './credential-view';
import { CredentialsRepository } from './credentials.repository';
import { CurrentMember, isAdministrator } from './current-member';
import { StoredIdentity, StoredSignIn } from './stored-sign-in';

/** Credentials that people store for work without them: each only their own, tried before it is kept, never shown again. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly members: CurrentMember,
    private readonly credentials: CredentialsRepository,
    private readonly bindings: BindingsRepository,
    private readonly store: SecretStore,
    private readonly signIn: StoredSignIn,
    private readonly sessions: CredentialSessions,
    private readonly policy: CredentialPolicy,
    private readonly keeper: CredentialKeeper,
    private readonly changes: ChangeLog,
  ) {}

  /** One's own; all of the tenant's for its owners and admins. */
  async list(): Promise<Page<CredentialView>> {
    const member = await this.members.get();
    const rows = await this.credentials.list(member.tenantId, isAdministrator(member) ? undefined : member.userId);
    const bindings = await this.bindings.listOf(
      member.tenantId,
      rows.map(({ id }) => id),
    );
    return { items: rows.map((row) => credentialView(row, bindings)), nextCursor: null };
  }

  async save({ name, kind, ...secret }: StoreCredentialRequest): Promise<CredentialView> {
    const member = await this.members.builder();
    const { tenantId, userId: ownerId, account, username } = member;
    await this.policy.assertAllowed(tenantId, { kind, provider: null }, 'METHOD_REFUSED');
    await this.keeper.assertRoomFor(member, name);
    await this.prove({ tenantId, ownerId, account, username, kind }, secret, member);
    return this.keeper.add(member, name, { kind, secretText: writeSecret(secret) });
  }

  async replaceSecret({ id, ...secret }: ReplaceSecretRequest): Promise<CredentialView> {
    const member = await this.members.builder();
    const { tenantId, userId: ownerId } = member;
    const row = await this.keeper.own(member, id);
    const { account, username, kind } = row;
    if (kind === 'oauth') throw new AppError('VALIDATION', `"${row.name}" is replaced by signing in at its provider.`);
    await this.prove({ tenantId, ownerId, account, username, kind }, secret, member);
    return this.keeper.replace(member, row, { kind, secretText: writeSecret(secret) });
  }

  /** What runs under it ends too. */
  async remove(id: string): Promise<void> {
    const member = await this.members.get();
    const { tenantId } = member;
    const row = isAdministrator(member) ? await this.credentials.find(tenantId, id) : await this.keeper.own(member, id);
    if (!row) throw noCredential();
    const removal = { action: 'credential.removed', object: credentialObject(row), before: { owner: row.username } };
    await this.credentials.remove(tenantId, id, this.changes.note(member, removal));
    await this.store.delete({ tenantId, name: row.secret_name });
    await this.sessions.endAll(tenantId, row.owner_id, id, 'cancel');
  }

  /** Signs in once, as its owner and in the role they have now. */
  private async prove(identity: StoredIdentity, secret: CredentialSecret, { context }: SessionRecord): Promise<void> {
    if (!context.role) throw new AppError('VALIDATION', 'Choose a role first: the secret is tried under it.');
    const sessionId = newId('ses');
    try {
      await this.signIn.open(identity, secret, { role: context.role, warehouse: context.warehouse }, sessionId);
    } finally {
      await this.signIn.close(identity, sessionId);
    }
  }
}

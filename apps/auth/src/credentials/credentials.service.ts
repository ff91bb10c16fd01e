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
import { SecretStore } from '../vaults/secret-store';
import { BindingsRepository } from './bindings.repository';
import { CredentialPolicy } from './credential-policy';
import { CredentialSecret, writeSecret } from './credential-secret';
import { CredentialSessions } from './credential-sessions';
import { credentialView } from './credential-view';
import { CredentialsRepository } from './credentials.repository';
import type { CredentialRow } from './credentials.tables';
import { CurrentMember, isAdministrator } from './current-member';
import { StoredIdentity, StoredSignIn } from './stored-sign-in';

const MOST_OF_ONE_PERSON = 50;

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
    await this.policy.assertAllowed(tenantId, kind, 'METHOD_REFUSED');
    const own = await this.credentials.list(tenantId, ownerId);
    if (own.some((row) => row.name === name)) throw nameTaken(name);
    if (own.length >= MOST_OF_ONE_PERSON) {
      throw new AppError('VALIDATION', `You have ${MOST_OF_ONE_PERSON} stored credentials. Remove one first.`);
    }
    await this.prove({ tenantId, ownerId, account, username, kind }, secret, member);
    const id = newId('cred');
    const secretName = await this.keep(tenantId, secret);
    const row = { tenant_id: tenantId, id, owner_id: ownerId, name, kind, account, username, secret_name: secretName };
    if (!(await this.credentials.insert(row))) {
      await this.store.delete({ tenantId, name: secretName });
      throw nameTaken(name);
    }
    return this.view(tenantId, id);
  }

  /** The new secret works in place of the former one from the next use on; a suspension ends with it. */
  async replaceSecret({ id, ...secret }: ReplaceSecretRequest): Promise<CredentialView> {
    const member = await this.members.builder();
    const { tenantId, userId: ownerId } = member;
    const row = await this.own(member, id);
    const { account, username, kind } = row;
    await this.prove({ tenantId, ownerId, account, username, kind }, secret, member);
    const secretName = await this.keep(tenantId, secret);
    const isThere = await this.credentials.replaceSecret(tenantId, id, secretName);
    await this.store.delete({ tenantId, name: isThere ? row.secret_name : secretName });
    return this.view(tenantId, id);
  }

  /** What runs under it ends too. */
  async remove(id: string): Promise<void> {
    const member = await this.members.get();
    const { tenantId } = member;
    const row = isAdministrator(member) ? await this.credentials.find(tenantId, id) : await this.own(member, id);
    if (!row) throw noCredential();
    await this.credentials.remove(tenantId, id);
    await this.store.delete({ tenantId, name: row.secret_name });
    await this.sessions.endAll(tenantId, row.owner_id, id);
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

  /** Under a new name each time, so that a former secret is never half replaced. */
  private async keep(tenantId: string, secret: CredentialSecret): Promise<string> {
    const name = newId('sec');
    await this.store.put({ tenantId, name }, writeSecret(secret));
    return name;
  }

  private async own({ tenantId, userId }: SessionRecord, id: string): Promise<CredentialRow> {
    const row = await this.credentials.find(tenantId, id);
    if (row?.owner_id !== userId) throw noCredential();
    return row;
  }

  private async view(tenantId: string, id: string): Promise<CredentialView> {
    const row = await this.credentials.find(tenantId, id);
    if (!row) throw noCredential();
    return credentialView(row, await this.bindings.listOf(tenantId, [id]));
  }
}

function nameTaken(name: string): AppError {
  const message = `You have a stored credential "${name}" already. Take another name, or replace its secret.`;
  return new AppError('VALIDATION', message, { errors: [{ path: 'name', message }] });
}

/** The same whether it is another's or nobody's. */
export function noCredential(): AppError {
  return new AppError('NOT_FOUND', 'There is no such stored credential among yours. Look at the list of credentials.');
}

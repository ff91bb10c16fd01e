import { Injectable } from '@nestjs/common';
import type { CredentialView } from '@snowflow/contracts/auth/credentials.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { type Change, ChangeLog, type ChangingPerson } from '../audit/change-log';
import { SecretStore } from '../vaults/secret-store';
import { BindingsRepository } from './bindings.repository';
import { credentialView } from './credential-view';
import { CredentialsRepository, type GrantColumns } from './credentials.repository';
import type { CredentialRow } from './credentials.tables';

const MOST_OF_ONE_PERSON = 50;

/** What is to be kept: a secret that was proved to work, as its text for the store. */
export interface ProvedSecret {
  kind: CredentialRow['kind'];
  secretText: string;
  /** Of an OAuth grant. */
  grant?: GrantColumns;
}

/** Keeps proved secrets as credentials of their owners: the secret in the store, all else in the table. */
@Injectable()
export class CredentialKeeper {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly bindings: BindingsRepository,
    private readonly store: SecretStore,
    private readonly changes: ChangeLog,
  ) {}

  /** Throws where another one of this name, or another one at all, would not be kept. */
  async assertRoomFor({ tenantId, userId }: SessionRecord, name: string): Promise<void> {
    const own = await this.credentials.list(tenantId, userId);
    if (own.some((row) => row.name === name)) throw nameTaken(name);
    if (own.length >= MOST_OF_ONE_PERSON) {
      throw new AppError('VALIDATION', `You have ${MOST_OF_ONE_PERSON} stored credentials. Remove one first.`);
    }
  }

  async add(member: SessionRecord, name: string, { kind, secretText, grant }: ProvedSecret): Promise<CredentialView> {
    const { tenantId, userId, account, username } = member;
    const id = newId('cred');
    const secretName = await this.keep(tenantId, secretText);
    const whose = { tenant_id: tenantId, id, owner_id: userId, name, kind, account, username };
    const after = { kind, ...(grant ? { provider: grant.provider, boundRole: grant.bound_role } : {}) };
    const note = this.changes.note(member, { action: 'credential.stored', object: credentialObject(whose), after });
    if (!(await this.credentials.insert({ ...whose, secret_name: secretName, ...grant }, note))) {
      await this.store.delete({ tenantId, name: secretName });
      throw nameTaken(name);
    }
    return this.view(tenantId, id);
  }

  /** Works in place of the former one from the next use on; a suspension ends with it. */
  async replace(
    member: ChangingPerson,
    row: CredentialRow,
    { secretText, grant }: ProvedSecret,
  ): Promise<CredentialView> {
    const { tenant_id: tenantId, id } = row;
    const secretName = await this.keep(tenantId, secretText);
    const replacing = { secret_name: secretName, ...grant };
    const note = this.changes.note(member, {
      action: 'credential.replaced',
      object: credentialObject(row),
      before: { state: row.state },
      after: { state: 'active' },
    });
    const isThere = await this.credentials.replaceSecret(tenantId, id, replacing, note);
    await this.store.delete({ tenantId, name: isThere ? row.secret_name : secretName });
    return this.view(tenantId, id);
  }

  /** One's own; another's is as if it were nobody's. */
  async own({ tenantId, userId }: SessionRecord, id: string): Promise<CredentialRow> {
    const row = await this.credentials.find(tenantId, id);
    if (row?.owner_id !== userId) throw noCredential();
    return row;
  }

  /** Under a new name each time, so that a former secret is never half replaced. */
  private async keep(tenantId: string, secretText: string): Promise<string> {
    const name = newId('sec');
    await this.store.put({ tenantId, name }, secretText);
    return name;
  }

  private async view(tenantId: string, id: string): Promise<CredentialView> {
    const row = await this.credentials.find(tenantId, id);
    if (!row) throw noCredential();
    return credentialView(row, await this.bindings.listOf(tenantId, [id]));
  }
}

/** A credential as entries of the log name it. */
export function credentialObject({ id, name }: Pick<CredentialRow, 'id' | 'name'>): Change['object'] {
  return { kind: 'credential', id, name };
}

function nameTaken(name: string): AppError {
  const message = `You have a stored credential "${name}" already. Take another name, or replace its secret.`;
  return new AppError('VALIDATION', message, { errors: [{ path: 'name', message }] });
}

/** The same whether it is another's or nobody's. */
export function noCredential(): AppError {
  return new AppError('NOT_FOUND', 'There is no such stored credential among yours. Look at the list of credentials.');
}

import { Injectable } from '@nestjs/common';
import type { BindingId, CredentialView, ProposeBindingRequest } from '@snowflow/contracts/auth/credentials.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ChangeLog, type ChangingPerson, type Note } from '../audit/change-log';
import { BindingsRepository } from './bindings.repository';
import { boundElsewhere, isBoundElsewhere } from './bound-role';
import { credentialView } from './credential-view';
import { credentialObject, noCredential } from './credential-keeper';
import { CredentialsRepository } from './credentials.repository';
import { CredentialSessions } from './credential-sessions';
import type { BindingRow, CredentialRow } from './credentials.tables';
import { CurrentMember, isAdministrator } from './current-member';

const MOST_OPEN_PROPOSALS = 100;

/** Who may use whose credential for what: anyone who builds may propose it, only the credential's owner approves. */
@Injectable()
export class BindingsService {
  constructor(
    private readonly members: CurrentMember,
    private readonly credentials: CredentialsRepository,
    private readonly bindings: BindingsRepository,
    private readonly changes: ChangeLog,
    private readonly sessions: CredentialSessions,
  ) {}

  /** Who neither owns the credential nor looks after the tenant is shown what concerns the workflow alone. */
  async propose({ id, ...target }: ProposeBindingRequest): Promise<CredentialView> {
    const member = await this.members.builder();
    const { tenantId, userId } = member;
    const row = await this.find(tenantId, id);
    assertRole(row, target.role);
    const known = await this.bindings.listOf(tenantId, [id]);
    if (known.filter(({ state }) => state === 'proposed').length >= MOST_OPEN_PROPOSALS) {
      throw new AppError(
        'VALIDATION',
        'Too many uses of this credential wait for approval. Ask its owner to decide them.',
      );
    }
    const { workflowId, role, warehouse } = target;
    const note = this.changes.note(member, {
      action: 'credential.use-proposed',
      object: credentialObject(row),
      after: { workflowId, role, warehouse },
    });
    await this.bindings.propose({ tenantId, credentialId: id, ...target }, userId, note);
    const bindings = await this.bindings.listOf(tenantId, [id]);
    const seesAll = row.owner_id === userId || isAdministrator(member);
    return credentialView(row, seesAll ? bindings : bindings.filter((it) => it.workflow_id === target.workflowId));
  }

  async approve({ id, bindingId }: BindingId): Promise<CredentialView> {
    const member = await this.members.builder();
    const { tenantId, userId } = member;
    const row = await this.find(tenantId, id);
    if (row.owner_id !== userId) throw new AppError('FORBIDDEN', 'Only the owner of a credential can approve its use.');
    const binding = (await this.bindings.listOf(tenantId, [id])).find((each) => each.id === bindingId);
    if (binding) assertRole(row, binding.role);
    const state = await this.bindings.decide(
      tenantId,
      id,
      bindingId,
      'approved',
      this.noteOf(member, row, 'use-approved'),
    );
    if (state === undefined) throw noBinding();
    if (state === 'revoked') throw new AppError('VALIDATION', 'This use was revoked. Propose it anew to approve it.');
    return credentialView(row, await this.bindings.listOf(tenantId, [id]));
  }

  /** From the next run on. The tenant's owners and admins may revoke too; nobody may approve for another. */
  async revoke({ id, bindingId }: BindingId): Promise<CredentialView> {
    const member = await this.members.get();
    const { tenantId, userId } = member;
    const row = await this.find(tenantId, id);
    if (row.owner_id !== userId && !isAdministrator(member)) {
      throw new AppError(
        'FORBIDDEN',
        "Only the credential's owner, or an owner or admin of the tenant, can revoke its use.",
      );
    }
    const note = this.noteOf(member, row, 'use-revoked');
    if ((await this.bindings.decide(tenantId, id, bindingId, 'revoked', note)) === undefined) throw noBinding();
    // Calls share sessions for a while: none is to be started in one that was opened under what is revoked.
    await this.sessions.endAll(tenantId, row.owner_id, id, 'finish');
    return credentialView(row, await this.bindings.listOf(tenantId, [id]));
  }

  private noteOf(member: ChangingPerson, row: CredentialRow, what: 'use-approved' | 'use-revoked'): Note<BindingRow> {
    const object = credentialObject(row);
    return (db, { workflow_id: workflowId, role, warehouse }) =>
      this.changes.byPerson(db, member, {
        action: `credential.${what}`,
        object,
        after: { workflowId, role, warehouse },
      });
  }

  private async find(tenantId: string, id: string): Promise<CredentialRow> {
    const row = await this.credentials.find(tenantId, id);
    if (!row) throw noCredential();
    return row;
  }
}

function assertRole(row: CredentialRow, role: string): void {
  if (!isBoundElsewhere(row, role)) return;
  const message = boundElsewhere(row, role);
  throw new AppError('VALIDATION', message, { errors: [{ path: 'role', message }] });
}

function noBinding(): AppError {
  return new AppError('NOT_FOUND', 'This use of the credential was never proposed. Look at the credential again.');
}

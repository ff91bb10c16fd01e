import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { NewOutsideCredential } from '@snowflow/contracts/workflow/outside.dto';
import { ChangeLog, type ChangingPerson } from '../audit/change-log';
import { SEALER } from '../sealer';
import { isHostListed } from './host-listed';
import { type OutsideCredentialRow, OutsideCredentialsRepository } from './outside-credentials.repository';

/** What is added to a request, and the texts of it that nobody may read again. */
export interface AddedCredential {
  headers: Readonly<Record<string, string>>;
  secrets: readonly string[];
}

/** A tenant's credentials for hosts outside: sealed, opened only to be sent, and only to the hosts that they are for. */
@Injectable()
export class OutsideCredentials {
  constructor(
    private readonly credentials: OutsideCredentialsRepository,
    @Inject(SEALER) private readonly sealer: Sealer,
    private readonly changes: ChangeLog,
  ) {}

  add(maker: ChangingPerson, given: NewOutsideCredential): Promise<OutsideCredentialRow> {
    const id = newId('ocr');
    const { tenantId, username } = maker;
    const { name, kind, hosts } = given;
    const sealed_secret = this.sealer.seal(JSON.stringify(addedOf(given)), binding(tenantId, id));
    const object = { kind: 'outside-credential', id, name };
    const note = this.changes.note(maker, { action: 'outside-credential.added', object, after: { kind, hosts } });
    const row = { tenant_id: tenantId, id, name, kind, hosts, sealed_secret, created_by: username };
    return this.credentials.add(row, note);
  }

  /** Throws POLICY_DENIED where the tenant has no such credential, or it is for other hosts. */
  async for(tenantId: string, id: string, host: string): Promise<AddedCredential> {
    const row = await this.credentials.find(tenantId, id);
    if (!row) throw denied(`The tenant has no credential ${id}. Choose one of those in Settings, Outside credentials.`);
    if (!isHostListed(host, row.hosts)) throw denied(otherHosts(row.name, host));
    return this.opened(row);
  }

  private opened({ tenant_id: tenantId, id, name, sealed_secret }: OutsideCredentialRow): AddedCredential {
    try {
      return JSON.parse(this.sealer.open(sealed_secret, binding(tenantId, id))) as AddedCredential;
    } catch {
      throw denied(`The credential “${name}” was sealed by a key of the installation that is gone. Make it anew.`);
    }
  }
}

/** Why a credential is not sent somewhere. */
export function otherHosts(name: string, host: string): string {
  return `The credential “${name}” is not for ${host}. Choose another, or make one for this host.`;
}

function addedOf({ kind, headerName = '', username = '', secret }: NewOutsideCredential): AddedCredential {
  if (kind === 'header') return { headers: { [headerName.toLowerCase()]: secret }, secrets: [secret] };
  if (kind === 'bearer') return { headers: { authorization: `Bearer ${secret}` }, secrets: [secret] };
  const pair = Buffer.from(`${username}:${secret}`).toString('base64');
  return { headers: { authorization: `Basic ${pair}` }, secrets: [pair, secret] };
}

const binding = (tenantId: string, id: string) => `${tenantId}|outside-credential|${id}`;
const denied = (message: string) => new AppError('POLICY_DENIED', message);

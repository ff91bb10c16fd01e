import { Injectable } from '@nestjs/common';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type {
  NewOutsideCredential,
  OutsideCallView,
  OutsideCredentialId,
  OutsideCredentialsView,
  OutsideCredentialView,
  OutsideHost,
  OutsideHosts,
} from '@snowflow/contracts/workflow/outside.dto';
import { ChangeLog, type Note } from '../audit/change-log';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import { CurrentSession } from '../validation/current-session';
import { plainHosts, plainRules } from './listed-hosts';
import { type OutsideCallRow, OutsideCallsRepository } from './outside-calls.repository';
import { type OutsideCredentialRow, OutsideCredentialsRepository } from './outside-credentials.repository';
import { OutsideCredentials } from './outside-credentials';
import { OutsideHostsRepository } from './outside-hosts.repository';
import { OutsideJournal } from './outside-journal';

/** What owners and admins decide of, and see of, the calls of their tenant's workflows. */
@Injectable()
export class OutsideService {
  constructor(
    private readonly session: CurrentSession,
    private readonly hosts: OutsideHostsRepository,
    private readonly rows: OutsideCredentialsRepository,
    private readonly credentials: OutsideCredentials,
    private readonly made: OutsideCallsRepository,
    private readonly journal: OutsideJournal,
    private readonly changes: ChangeLog,
  ) {}

  async listHosts(): Promise<OutsideHosts> {
    const { tenantId } = await this.session.requireAdmin('see which hosts its workflows may call');
    return { hosts: await this.hosts.of(tenantId) };
  }

  async saveHosts({ hosts }: OutsideHosts): Promise<OutsideHosts> {
    const asking = await this.session.requireAdmin('decide which hosts its workflows may call');
    const rules = plainRules(hosts);
    const note: Note<OutsideHost[]> = (db, found) =>
      this.changes.byPerson(db, asking, {
        action: 'outside-hosts.changed',
        object: { kind: 'outside-hosts', id: asking.tenantId, name: 'Hosts that workflows may call' },
        before: { hosts: found.map(hostText) },
        after: { hosts: rules.map(hostText) },
      });
    await this.hosts.save(asking.tenantId, rules, note);
    return { hosts: rules };
  }

  async listCredentials(): Promise<OutsideCredentialsView> {
    const { tenantId } = await this.session.requireAdmin('see the credentials for hosts outside');
    return { items: (await this.rows.list(tenantId)).map(credentialView) };
  }

  async addCredential(given: NewOutsideCredential): Promise<OutsideCredentialView> {
    const maker = await this.session.requireAdmin('make credentials for hosts outside');
    const hosts = plainHosts('hosts', given.hosts);
    if (given.kind === 'header' && given.headerName === undefined) throw missing('headerName', 'Name the header');
    if (given.kind === 'basic' && given.username === undefined) throw missing('username', 'Give the user name');
    return credentialView(await this.credentials.add(maker, { ...given, hosts }));
  }

  async removeCredential({ id }: OutsideCredentialId): Promise<Done> {
    const asking = await this.session.requireAdmin('delete credentials for hosts outside');
    const note: Note<OutsideCredentialRow> = (db, { name, kind, hosts }) =>
      this.changes.byPerson(db, asking, {
        action: 'outside-credential.removed',
        object: { kind: 'outside-credential', id, name },
        before: { kind, hosts },
      });
    if (await this.rows.remove(asking.tenantId, id, note)) return { done: true };
    throw new AppError('NOT_FOUND', 'There is no credential with this id.');
  }

  async calls({ limit = DEFAULT_PAGE_SIZE, cursor }: PageQuery): Promise<Page<OutsideCallView>> {
    const after = parseCursor(cursor);
    const { tenantId } = await this.session.requireAdmin('see what its workflows called');
    const rows = await this.made.newest(tenantId, after, limit + 1);
    return pageOf(
      rows,
      limit,
      (row) => row,
      (row) => this.callView(row),
    );
  }

  private callView(row: OutsideCallRow): OutsideCallView {
    const { path, tool } = this.journal.about(row);
    const { id, kind, method, host, status, attempts, ms } = row;
    return {
      id,
      at: row.at.toISOString(),
      runId: row.run_id,
      nodeId: row.node_id,
      by: row.owner_name,
      kind,
      method,
      host,
      path,
      tool,
      credentialId: row.credential_id,
      outcome: row.state,
      error: row.error_code,
      status,
      attempts,
      bytesOut: row.bytes_out,
      bytesIn: row.bytes_in,
      ms,
    };
  }
}

function credentialView(row: OutsideCredentialRow): OutsideCredentialView {
  const { id, name, kind, hosts } = row;
  return { id, name, kind, hosts, createdBy: row.created_by, createdAt: row.created_at.toISOString() };
}

/** A host as an entry of the log says it: beginnings of paths may be secret (as those of chat webhooks), so only their number is told. */
function hostText({ host, paths, methods, fields = [], dataAllowed = false }: OutsideHost): string {
  const parts = [
    methods && methods.join('/'),
    paths && `${paths.length} paths`,
    dataAllowed ? 'all data' : fields.length > 0 && `fields ${fields.join(', ')}`,
  ];
  return [host, ...parts.filter(Boolean)].join(' · ');
}

function missing(path: string, message: string): AppError {
  return new AppError('VALIDATION', message, { errors: [{ path, message }] });
}

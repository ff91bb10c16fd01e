import { Injectable } from '@nestjs/common';
import type { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { DEFAULT_TENANT_LIMITS, type TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import { changedFields } from '@snowflow/platform/audit/changed-fields';
import { TenantLimitsStore } from '@snowflow/platform/sessions/tenant-limits-store';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentContext } from '@snowflow/transport/request-scope';
import { ChangeLog, type Note } from '../audit/change-log';
import { assertOwner, Caller } from '../members/caller';
import { OauthClients } from '../oauth/oauth-clients';
import { PeopleRepository } from '../people/people.repository';
import type { KeptSettings } from '../storage/tables';
import { checkSettings, cleanSettings } from './check-settings';
import { TenantRules } from './tenant-rules';
import { TenantsRepository } from './tenants.repository';

/** What owners and admins decide for their tenant. */
@Injectable()
export class SettingsService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly caller: Caller,
    private readonly rules: TenantRules,
    private readonly tenants: TenantsRepository,
    private readonly people: PeopleRepository,
    private readonly oauthClients: OauthClients,
    private readonly limits: TenantLimitsStore,
    private readonly changes: ChangeLog,
  ) {}

  async find(): Promise<TenantSettings> {
    return this.settingsOf(await this.caller.admin('see its settings'));
  }

  /** Shorter sessions cut those short that have begun, at their next refresh; other methods hold from the next sign-in. */
  async save(wanted: TenantSettings): Promise<TenantSettings> {
    const record = await this.caller.admin('change its settings');
    const before = await this.settingsOf(record);
    const settings = cleanSettings(wanted);
    const usable = await this.oauthClients.usable(record.tenantId, settings.methods);
    checkSettings(settings, usable, record.authenticator);
    if (!isSameSet(before.ownerRoles, settings.ownerRoles)) await this.checkOwnerRoles(record, settings.ownerRoles);

    const after = { ...settings, version: settings.version + 1 };
    const note: Note<KeptSettings | undefined> = async (db, found) => {
      await this.changes.byPerson(db, record, {
        action: 'settings.changed',
        object: { kind: 'settings', id: record.tenantId, name: 'Settings' },
        ...changedFields(flat({ ...before, ...found, limits: { ...before.limits, ...found?.limits } }), flat(after)),
      });
      await this.limits.announce(record.tenantId, after.version);
    };
    if (!(await this.tenants.saveSettings(record.tenantId, settings, record.userId, note))) {
      throw new AppError(
        'REVISION_CONFLICT',
        'Somebody else has changed the settings meanwhile. Read them again first.',
      );
    }
    // They are saved, and a copy that was not written is asked for.
    await this.limits.save(record.tenantId, after.version, after.limits).catch(() => undefined);
    return after;
  }

  /** Whoever asks because the copy was gone leaves one. */
  async limitsInForce(): Promise<TenantLimits> {
    const { tenantId } = currentContext();
    if (tenantId === undefined) throw new AppError('UNAUTHENTICATED', 'Limits are of a tenant.');
    const own = await this.tenants.findSettings(tenantId);
    await this.limits.save(tenantId, own?.version ?? 0, own?.limits ?? {});
    return { ...DEFAULT_TENANT_LIMITS, ...own?.limits };
  }

  private async settingsOf({ tenantId, account }: SessionRecord): Promise<TenantSettings> {
    const { isDemo } = await this.connections.locate({ account });
    return this.rules.of(tenantId, isDemo);
  }

  /** An owner by one of the roles must hold one of the new ones, or nobody might own the tenant afterwards. */
  private async checkOwnerRoles(record: SessionRecord, ownerRoles: string[]): Promise<void> {
    assertOwner(record, 'say which Snowflake roles own it');
    const person = await this.people.find(record.tenantId, record.userId);
    if (person?.because !== 'snowflake-role') return;
    const { roles } = await this.connections.checkLive({ context: record.context });
    if (ownerRoles.some((role) => roles.includes(role))) return;
    const message = `You hold none of ${ownerRoles.join(', ')}, so you would no longer own the tenant. Keep a role of yours among them.`;
    throw new AppError('VALIDATION', message, { errors: [{ path: 'ownerRoles', message }] });
  }
}

/** Each limit beside the other settings, so that an entry names those that changed. */
function flat({ limits: { runBudget, ...limits }, ...settings }: TenantSettings): object {
  return { ...settings, ...limits, ...runBudget };
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}

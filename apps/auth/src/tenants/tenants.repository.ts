import { Inject, Injectable } from '@nestjs/common';
import type { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import type { AccountIdentity } from '@snowflow/contracts/sessions/tenant-id';
import { DATABASE } from '@snowflow/platform/postgres/postgres.module';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { Kysely, sql } from 'kysely';
import type { Note } from '../audit/change-log';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { AuthTables, KeptSettings } from '../storage/tables';

/** Tenants, what they decided, and the spellings of their accounts. */
@Injectable()
export class TenantsRepository {
  private readonly acrossTenants: Kysely<AuthTables>;

  constructor(
    private readonly database: TenantDatabase,
    @Inject(DATABASE) everything: Kysely<AuthTables>,
  ) {
    this.acrossTenants = everything.withSchema(AUTH_SCHEMA);
  }

  /** The tenant that the last sign-in under this spelling led to. */
  async findByAlias(alias: string): Promise<string | undefined> {
    const row = await this.acrossTenants
      .selectFrom('account_aliases')
      .select('tenant_id')
      .where('alias', '=', alias)
      .executeTakeFirst();
    return row?.tenant_id;
  }

  /** Notes what Snowflake said an account is, and that this spelling leads to it. */
  note(tenantId: string, { organization, region, locator }: AccountIdentity, alias: string): Promise<void> {
    return this.database.transaction(tenantId, async (transaction) => {
      const database = transaction.withTables<AuthTables>().withSchema(AUTH_SCHEMA);
      await database
        .insertInto('tenants')
        .values({ tenant_id: tenantId, organization, region, locator })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await database
        .insertInto('account_aliases')
        .values({ alias, tenant_id: tenantId })
        .onConflict((conflict) =>
          conflict
            .column('alias')
            .doUpdateSet({ tenant_id: tenantId })
            .where('account_aliases.tenant_id', '!=', tenantId),
        )
        .execute();
    });
  }

  findSettings(tenantId: string): Promise<TenantSettings | undefined> {
    return this.database.transaction(tenantId, async (transaction) => {
      const row = await transaction
        .withTables<AuthTables>()
        .withSchema(AUTH_SCHEMA)
        .selectFrom('tenant_settings')
        .select(['settings', 'version'])
        .executeTakeFirst();
      return row && { ...row.settings, version: row.version };
    });
  }

  /**
   * Whether they were saved: not where somebody else has saved since `version` was read. Saves of a tenant wait for each other, so that each
   * notes what it found.
   */
  saveSettings(
    tenantId: string,
    { version, ...settings }: TenantSettings,
    changedBy: string,
    note: Note<KeptSettings | undefined>,
  ): Promise<boolean> {
    const saved = { version: version + 1, settings: JSON.stringify(settings), changed_by: changedBy };
    return this.database.transaction(tenantId, async (transaction) => {
      const database = transaction.withTables<AuthTables>().withSchema(AUTH_SCHEMA);
      await database
        .selectFrom('tenants')
        .select('tenant_id')
        .where('tenant_id', '=', tenantId)
        .forNoKeyUpdate()
        .execute();
      const found = await database.selectFrom('tenant_settings').select(['settings', 'version']).executeTakeFirst();
      if ((found?.version ?? 0) !== version) return false;
      await database
        .insertInto('tenant_settings')
        .values({ tenant_id: tenantId, ...saved })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ ...saved, changed_at: sql`now()` }))
        .execute();
      await note(transaction, found?.settings);
      return true;
    });
  }
}

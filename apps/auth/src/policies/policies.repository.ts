import { Injectable } from '@nestjs/common';
import { NO_POLICIES, type TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { sql } from 'kysely';
import type { Note } from '../audit/change-log';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { AuthTables } from '../storage/tables';

/** The policies of tenants, each with the number of changes that led to it. */
@Injectable()
export class PoliciesRepository {
  constructor(private readonly database: TenantDatabase) {}

  find(tenantId: string): Promise<TenantPolicies> {
    return this.database.transaction(tenantId, async (transaction) => {
      const row = await transaction
        .withTables<AuthTables>()
        .withSchema(AUTH_SCHEMA)
        .selectFrom('tenant_policies')
        .select(['policies', 'version'])
        .executeTakeFirst();
      return { ...NO_POLICIES, ...row?.policies, version: row?.version ?? 0 };
    });
  }

  /** Whether they were saved: not where somebody else has changed them since `policies.version` was read. */
  async save(tenantId: string, policies: TenantPolicies, changedBy: string, note: Note<unknown>): Promise<boolean> {
    const text = JSON.stringify(policies);
    const { version } = policies;
    return this.database.transaction(tenantId, async (transaction) => {
      const database = transaction.withTables<AuthTables>().withSchema(AUTH_SCHEMA);
      const first = database
        .insertInto('tenant_policies')
        .values({ tenant_id: tenantId, version: 1, policies: text, changed_by: changedBy })
        .onConflict((conflict) => conflict.doNothing())
        .returning('version');
      const later = database
        .updateTable('tenant_policies')
        .set({ version: version + 1, policies: text, changed_by: changedBy, changed_at: sql`now()` })
        .where('tenant_id', '=', tenantId)
        .where('version', '=', version)
        .returning('version');
      const saved = await (version === 0 ? first : later).execute();
      if (saved.length === 0) return false;
      await note(transaction, undefined);
      return true;
    });
  }
}

import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { SecretTables } from './secrets.tables';

/** Wrapped data keys, one for each tenant. */
@Injectable()
export class TenantKeysRepository {
  constructor(private readonly database: TenantDatabase) {}

  find(tenantId: string): Promise<string | undefined> {
    return this.database.transaction(tenantId, async (transaction) => {
      const row = await transaction
        .withTables<SecretTables>()
        .withSchema(AUTH_SCHEMA)
        .selectFrom('tenant_keys')
        .select('wrapped')
        .executeTakeFirst();
      return row?.wrapped;
    });
  }

  /** Keeps the tenant's first key, and answers the one that counts: of two who come at once the first wins. */
  insert(tenantId: string, wrapped: string): Promise<string> {
    return this.database.transaction(tenantId, async (transaction) => {
      const database = transaction.withTables<SecretTables>().withSchema(AUTH_SCHEMA);
      await database
        .insertInto('tenant_keys')
        .values({ tenant_id: tenantId, wrapped })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await database.selectFrom('tenant_keys').select('wrapped').executeTakeFirstOrThrow();
      return row.wrapped;
    });
  }

  /** Writes the same key, wrapped anew, over exactly the text that was read. */
  async replace(tenantId: string, before: string, after: string): Promise<void> {
    await this.database.transaction(tenantId, (transaction) =>
      transaction
        .withTables<SecretTables>()
        .withSchema(AUTH_SCHEMA)
        .updateTable('tenant_keys')
        .set({ wrapped: after })
        .where('wrapped', '=', before)
        .execute(),
    );
  }
}

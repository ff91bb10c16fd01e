import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import type { Insertable, Transaction } from 'kysely';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { ApiKeyRow, ApiKeyTables } from './api-keys.tables';

/** Hashes of API keys. */
@Injectable()
export class ApiKeysRepository {
  constructor(private readonly database: TenantDatabase) {}

  list(tenantId: string, userId: string): Promise<ApiKeyRow[]> {
    return this.within(tenantId, (database) =>
      database
        .selectFrom('api_keys')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('created_at')
        .orderBy('id')
        .execute(),
    );
  }

  insert(row: Insertable<ApiKeyTables['api_keys']>): Promise<ApiKeyRow> {
    return this.within(row.tenant_id, (database) =>
      database.insertInto('api_keys').values(row).returningAll().executeTakeFirstOrThrow(),
    );
  }

  /** Answers false where the person has none of this id. */
  async remove(tenantId: string, userId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.within(tenantId, (database) =>
      database.deleteFrom('api_keys').where('id', '=', id).where('user_id', '=', userId).executeTakeFirst(),
    );
    return numDeletedRows > 0n;
  }

  async removeAllOf(tenantId: string, userId: string): Promise<void> {
    await this.within(tenantId, (database) => database.deleteFrom('api_keys').where('user_id', '=', userId).execute());
  }

  private within<T>(tenantId: string, work: (database: Transaction<ApiKeyTables>) => Promise<T>): Promise<T> {
    return this.database.transaction(tenantId, (transaction) =>
      work(transaction.withTables<ApiKeyTables>().withSchema(AUTH_SCHEMA) as Transaction<ApiKeyTables>),
    );
  }
}

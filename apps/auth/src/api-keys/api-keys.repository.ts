import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import type { Insertable, Transaction } from 'kysely';
import type { Note } from '../audit/change-log';
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

  insert(row: Insertable<ApiKeyTables['api_keys']>, note: Note<unknown>): Promise<ApiKeyRow> {
    return this.within(row.tenant_id, async (database) => {
      const inserted = await database.insertInto('api_keys').values(row).returningAll().executeTakeFirstOrThrow();
      await note(database, undefined);
      return inserted;
    });
  }

  /** Answers false where the person has none of this id. */
  async remove(tenantId: string, userId: string, id: string, note: Note<ApiKeyRow>): Promise<boolean> {
    return this.within(tenantId, async (database) => {
      const removed = await database
        .deleteFrom('api_keys')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .returningAll()
        .executeTakeFirst();
      if (removed) await note(database, removed);
      return removed !== undefined;
    });
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

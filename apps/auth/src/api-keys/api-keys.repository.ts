import { Inject, Injectable } from '@nestjs/common';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { DATABASE } from '@snowflow/platform/postgres/postgres.module';
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { ApiKeyRow, ApiKeyTables } from './api-keys.tables';

type Database = Transaction<ApiKeyTables>;

/** That a key is used is noted once a minute. */
const NOTED_EVERY_MS = 60_000;

/** Hashes of API keys. Changes are made in the caller's transaction, which writes the change log too. */
@Injectable()
export class ApiKeysRepository {
  constructor(
    private readonly database: TenantDatabase,
    @Inject(DATABASE) private readonly across: Kysely<unknown>,
  ) {}

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

  /** Of everybody of the tenant, the newest first. */
  listAll(tenantId: string): Promise<ApiKeyRow[]> {
    return this.within(tenantId, (database) =>
      database.selectFrom('api_keys').selectAll().orderBy('created_at', 'desc').orderBy('id').execute(),
    );
  }

  /** The key whose secret, or whose secret before, has this hash; of whatever tenant. */
  async findByHash(hash: string): Promise<ApiKeyRow | undefined> {
    return this.across.transaction().execute(async (transaction) => {
      await sql`SELECT set_config('app.api_key_hash', ${hash}, true)`.execute(transaction);
      return tablesOf(transaction)
        .selectFrom('api_keys')
        .selectAll()
        .where((eb) => eb.or([eb('hash', '=', hash), eb('previous_hash', '=', hash)]))
        .executeTakeFirst();
    });
  }

  async use({ tenant_id: tenantId, id, last_used_at: before }: ApiKeyRow): Promise<void> {
    const now = new Date();
    if (before && now.getTime() - before.getTime() < NOTED_EVERY_MS) return;
    await this.within(tenantId, (database) =>
      database.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', id).execute(),
    );
  }

  insert(database: Database, row: Insertable<ApiKeyTables['api_keys']>): Promise<ApiKeyRow> {
    return database.insertInto('api_keys').values(row).returningAll().executeTakeFirstOrThrow();
  }

  /** Of one person; kept for this transaction alone. */
  async lock(database: Database, userId: string, id: string): Promise<ApiKeyRow | undefined> {
    return database
      .selectFrom('api_keys')
      .selectAll()
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst();
  }

  lockOfAny(database: Database, id: string): Promise<ApiKeyRow | undefined> {
    return database.selectFrom('api_keys').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  }

  rotate(database: Database, id: string, hash: string, previousHash: string | null, until: Date): Promise<ApiKeyRow> {
    return database
      .updateTable('api_keys')
      .set({ hash, previous_hash: previousHash, previous_until: previousHash === null ? null : until })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  async remove(database: Database, id: string): Promise<void> {
    await database.deleteFrom('api_keys').where('id', '=', id).execute();
  }

  /** Answers the hashes of what was removed. */
  async removeAllOf(tenantId: string, userId: string): Promise<(string | null)[]> {
    const rows = await this.within(tenantId, (database) =>
      database.deleteFrom('api_keys').where('user_id', '=', userId).returning(['hash', 'previous_hash']).execute(),
    );
    return rows.flatMap(({ hash, previous_hash }) => [hash, previous_hash]);
  }

  within<T>(tenantId: string, work: (database: Database) => Promise<T>): Promise<T> {
    return this.database.transaction(tenantId, (transaction) => work(tablesOf(transaction)));
  }
}

const tablesOf = (transaction: Transaction<unknown>) =>
  transaction.withTables<ApiKeyTables>().withSchema(AUTH_SCHEMA) as Database;

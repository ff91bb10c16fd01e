import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import { DATABASE } from '@snowflow/platform/postgres/postgres.module';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { EmbedTables } from './embed.tables';

type Database = Transaction<EmbedTables>;
export type EmbedRow = Selectable<EmbedTables['embed_settings']>;

/** Which pages may embed, by tenant; by the public id where only a frame's address is known. */
@Injectable()
export class EmbedSettingsRepository {
  constructor(
    private readonly database: TenantDatabase,
    @Inject(DATABASE) private readonly across: Kysely<unknown>,
  ) {}

  find(database: Database): Promise<EmbedRow | undefined> {
    return database.selectFrom('embed_settings').selectAll().executeTakeFirst();
  }

  findByEmbedId(embedId: string): Promise<EmbedRow | undefined> {
    return this.across.transaction().execute(async (transaction) => {
      await sql`SELECT set_config('app.embed_id', ${embedId}, true)`.execute(transaction);
      return tablesOf(transaction)
        .selectFrom('embed_settings')
        .selectAll()
        .where('embed_id', '=', embedId)
        .executeTakeFirst();
    });
  }

  /** The first save gives the tenant its id, which stays. */
  save(database: Database, tenantId: string, parents: string[], changedBy: string): Promise<EmbedRow> {
    return database
      .insertInto('embed_settings')
      .values({ tenant_id: tenantId, embed_id: newId('emb'), parents, changed_by: changedBy })
      .onConflict((conflict) =>
        conflict.column('tenant_id').doUpdateSet({ parents, changed_by: changedBy, changed_at: sql`now()` }),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  within<T>(tenantId: string, work: (database: Database) => Promise<T>): Promise<T> {
    return this.database.transaction(tenantId, (transaction) => work(tablesOf(transaction)));
  }
}

const tablesOf = (transaction: Transaction<unknown>) =>
  transaction.withTables<EmbedTables>().withSchema(AUTH_SCHEMA) as Database;

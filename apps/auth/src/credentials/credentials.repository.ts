import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { Insertable, sql, Transaction } from 'kysely';
import type { Note } from '../audit/change-log';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { CredentialRow, CredentialTables } from './credentials.tables';

/** What is noted of an OAuth grant beside its secret. */
export type GrantColumns = Pick<CredentialRow, 'provider' | 'bound_role'>;

/** Stored credentials; their secrets are elsewhere. */
@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: TenantDatabase) {}

  find(tenantId: string, id: string): Promise<CredentialRow | undefined> {
    return this.within(tenantId, (database) =>
      database.selectFrom('credentials').selectAll().where('id', '=', id).executeTakeFirst(),
    );
  }

  /** Of one owner, or of all. */
  list(tenantId: string, ownerId?: string): Promise<CredentialRow[]> {
    return this.within(tenantId, (database) => {
      const all = database.selectFrom('credentials').selectAll().orderBy('created_at').orderBy('id');
      return (ownerId === undefined ? all : all.where('owner_id', '=', ownerId)).execute();
    });
  }

  /** Answers false where its owner has one of this name. */
  insert(row: Insertable<CredentialTables['credentials']>, note: Note<unknown>): Promise<boolean> {
    return this.within(row.tenant_id, async (database) => {
      const inserted = await database
        .insertInto('credentials')
        .values(row)
        .onConflict((conflict) => conflict.columns(['tenant_id', 'owner_id', 'name']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (inserted) await note(database, undefined);
      return inserted !== undefined;
    });
  }

  /** Points to another secret that was proved to work, so that nothing is suspended any more. Answers false where it is gone. */
  async replaceSecret(
    tenantId: string,
    id: string,
    secret: { secret_name: string } & Partial<GrantColumns>,
    note: Note<unknown>,
  ): Promise<boolean> {
    return this.within(tenantId, async (database) => {
      const { numUpdatedRows } = await database
        .updateTable('credentials')
        .set({ ...secret, state: 'active', reason: null, refresh_begun_at: null })
        .where('id', '=', id)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await note(database, undefined);
      return numUpdatedRows > 0n;
    });
  }

  /** Because of the secret that was tried: one that took its place meanwhile is not suspended for it. */
  async suspend(tried: Pick<CredentialRow, 'tenant_id' | 'id' | 'secret_name'>, reason: string): Promise<void> {
    await this.within(tried.tenant_id, (database) =>
      database
        .updateTable('credentials')
        .set({ state: 'suspended', reason })
        .where('id', '=', tried.id)
        .where('secret_name', '=', tried.secret_name)
        .execute(),
    );
  }

  /** That the provider is asked for new tokens, and that what it answered is kept. */
  async noteRefresh(
    { tenant_id: tenantId, id, secret_name: secretName }: Pick<CredentialRow, 'tenant_id' | 'id' | 'secret_name'>,
    what: 'begun' | 'kept',
  ): Promise<void> {
    await this.within(tenantId, (database) =>
      database
        .updateTable('credentials')
        .set({ refresh_begun_at: what === 'begun' ? sql<Date>`now()` : null })
        .where('id', '=', id)
        .where('secret_name', '=', secretName)
        .execute(),
    );
  }

  async suspendAllOf(tenantId: string, ownerId: string, reason: string): Promise<void> {
    await this.within(tenantId, (database) =>
      database.updateTable('credentials').set({ state: 'suspended', reason }).where('owner_id', '=', ownerId).execute(),
    );
  }

  /** Notes the use, where by now the credential is still active and the binding still approved; answers whether it is. */
  use(tenantId: string, id: string, bindingId: string): Promise<boolean> {
    return this.within(tenantId, async (database) => {
      const used = await database
        .updateTable('credentials')
        .set({ last_used_at: sql<Date>`now()` })
        .where('id', '=', id)
        .where('state', '=', 'active')
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('credential_bindings')
              .select('credential_bindings.id')
              .where('credential_bindings.id', '=', bindingId)
              .where('credential_bindings.state', '=', 'approved'),
          ),
        )
        .returning('id')
        .executeTakeFirst();
      return used !== undefined;
    });
  }

  /** With its bindings. */
  async remove(tenantId: string, id: string, note: Note<unknown>): Promise<void> {
    await this.within(tenantId, async (database) => {
      const { numDeletedRows } = await database.deleteFrom('credentials').where('id', '=', id).executeTakeFirst();
      if (numDeletedRows > 0n) await note(database, undefined);
    });
  }

  private within<T>(tenantId: string, work: (database: Transaction<CredentialTables>) => Promise<T>): Promise<T> {
    return this.database.transaction(tenantId, (transaction) =>
      work(transaction.withTables<CredentialTables>().withSchema(AUTH_SCHEMA) as Transaction<CredentialTables>),
    );
  }
}

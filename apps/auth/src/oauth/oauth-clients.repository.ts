import { Injectable } from '@nestjs/common';
import type { OauthProvider } from '@snowflow/contracts/sessions/session-record';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { sql } from 'kysely';
import type { Note } from '../audit/change-log';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { AuthTables } from '../storage/tables';

/** A client as it rests: its secret is sealed. */
export interface StoredOauthClient {
  provider: OauthProvider;
  clientId: string;
  issuer: string | null;
  sealedSecret: string | null;
  provenAt: Date | null;
}

/** The OAuth clients of tenants, one for each provider. */
@Injectable()
export class OauthClientsRepository {
  constructor(private readonly database: TenantDatabase) {}

  list(tenantId: string): Promise<StoredOauthClient[]> {
    return this.within(tenantId, async (database) => {
      const rows = await database.selectFrom('oauth_clients').selectAll().orderBy('provider', 'desc').execute();
      return rows.map((row) => ({
        provider: row.provider,
        clientId: row.client_id,
        issuer: row.issuer,
        sealedSecret: row.sealed_secret,
        provenAt: row.proven_at,
      }));
    });
  }

  /** Answers false, and changes nothing, where the tenant has a client of the provider already. */
  async insert(tenantId: string, client: StoredOauthClient, note: Note<unknown>): Promise<boolean> {
    return this.within(tenantId, async (database) => {
      const inserted = await database
        .insertInto('oauth_clients')
        .values({ tenant_id: tenantId, provider: client.provider, ...columnsOf(client) })
        .onConflict((conflict) => conflict.doNothing())
        .returning('provider')
        .executeTakeFirst();
      if (inserted) await note(database, undefined);
      return inserted !== undefined;
    });
  }

  async save(tenantId: string, client: StoredOauthClient, note: Note<unknown>): Promise<void> {
    await this.within(tenantId, async (database) => {
      await database
        .insertInto('oauth_clients')
        .values({ tenant_id: tenantId, provider: client.provider, ...columnsOf(client) })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'provider']).doUpdateSet(columnsOf(client)))
        .execute();
      await note(database, undefined);
    });
  }

  /** Somebody signed in with exactly this client. */
  async markProven(tenantId: string, provider: OauthProvider, clientId: string): Promise<void> {
    await this.within(tenantId, (database) =>
      database
        .updateTable('oauth_clients')
        .set({ proven_at: sql<Date>`now()` })
        .where('provider', '=', provider)
        .where('client_id', '=', clientId)
        .execute(),
    );
  }

  /** What was not there is not noted. */
  async remove(tenantId: string, provider: OauthProvider, note: Note<unknown>): Promise<void> {
    await this.within(tenantId, async (database) => {
      const removed = await database
        .deleteFrom('oauth_clients')
        .where('provider', '=', provider)
        .returning('provider')
        .executeTakeFirst();
      if (removed) await note(database, undefined);
    });
  }

  private within<T>(tenantId: string, work: (database: ReturnType<typeof tablesOf>) => Promise<T>): Promise<T> {
    return this.database.transaction(tenantId, (transaction) => work(tablesOf(transaction)));
  }
}

function tablesOf(transaction: Parameters<Parameters<TenantDatabase['transaction']>[1]>[0]) {
  return transaction.withTables<AuthTables>().withSchema(AUTH_SCHEMA);
}

function columnsOf({ clientId, issuer, sealedSecret, provenAt }: StoredOauthClient) {
  return { client_id: clientId, issuer, sealed_secret: sealedSecret, proven_at: provenAt };
}

import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { Selectable, sql, Updateable } from 'kysely';
import type { Note } from '../audit/change-log';
import type { KnownMember, Membership } from '../members/membership';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { AuthTables, UsersTable } from '../storage/tables';

export interface ArrivingPerson {
  tenantId: string;
  userId: string;
  username: string;
}

export type Person = Selectable<UsersTable>;

/** The people of tenants, and why they belong to them. */
@Injectable()
export class PeopleRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Notes that a person was seen, as who `decide` says they are; answers undefined, and notes nothing, where they are nobody here. */
  arrive(
    { tenantId, userId, username }: ArrivingPerson,
    decide: (known: KnownMember | undefined) => Membership | undefined,
  ): Promise<Membership | undefined> {
    return this.within(tenantId, async (database) => {
      const row = await this.locked(database, userId);
      const membership = decide(row && knownMember(row));
      if (!membership) return undefined;
      const now = sql<Date>`now()`;
      const seen = {
        username,
        app_role: membership.appRole,
        because: membership.because,
        state: 'active' as const,
        last_seen_at: now,
      };
      await database
        .insertInto('users')
        .values({ tenant_id: tenantId, id: userId, ...seen })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(seen))
        .execute();
      return membership;
    });
  }

  /** Gives a role for good: by proof, by an invitation, or because an owner or admin says so. */
  async grant(
    { tenantId, userId, username }: ArrivingPerson,
    { appRole, because }: Membership & { because: 'proof' | 'invitation' | 'assigned' },
    state: 'active' | 'invited',
    note: Note<Person | undefined>,
  ): Promise<Person> {
    const granted = { app_role: appRole, because, granted_role: appRole, granted_because: because, state };
    return this.within(tenantId, async (database) => {
      const found = await this.locked(database, userId);
      const person = await database
        .insertInto('users')
        .values({ tenant_id: tenantId, id: userId, username, ...granted })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(granted))
        .returningAll()
        .executeTakeFirstOrThrow();
      await note(database, found);
      return person;
    });
  }

  /** What was given to them is taken back, and the rules by which people join no longer let them in. */
  async remove(tenantId: string, userId: string, note: Note<Person | undefined>): Promise<void> {
    const removed: Updateable<UsersTable> = { state: 'removed', granted_role: null, granted_because: null };
    await this.within(tenantId, async (database) => {
      const found = await this.locked(database, userId);
      await database.updateTable('users').set(removed).where('id', '=', userId).execute();
      await note(database, found);
    });
  }

  find(tenantId: string, userId: string): Promise<Person | undefined> {
    return this.within(tenantId, (database) =>
      database.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst(),
    );
  }

  list(tenantId: string): Promise<Person[]> {
    return this.within(tenantId, (database) =>
      database.selectFrom('users').selectAll().orderBy('username').orderBy('id').execute(),
    );
  }

  private locked(database: ReturnType<typeof tablesOf>, userId: string): Promise<Person | undefined> {
    return database.selectFrom('users').selectAll().where('id', '=', userId).forUpdate().executeTakeFirst();
  }

  private within<T>(tenantId: string, work: (database: ReturnType<typeof tablesOf>) => Promise<T>): Promise<T> {
    return this.database.transaction(tenantId, (transaction) => work(tablesOf(transaction)));
  }
}

function tablesOf(transaction: Parameters<Parameters<TenantDatabase['transaction']>[1]>[0]) {
  return transaction.withTables<AuthTables>().withSchema(AUTH_SCHEMA);
}

function knownMember({ state, granted_role: appRole, granted_because: because }: Person): KnownMember {
  return { state, granted: appRole && because ? { appRole, because } : undefined };
}

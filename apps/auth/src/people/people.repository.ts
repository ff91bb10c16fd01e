import { Injectable } from '@nestjs/common';
import type { AppRole } from '@snowflow/contracts/sessions/session-record';
import type { AccountIdentity } from '@snowflow/contracts/sessions/tenant-id';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { sql } from 'kysely';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { AuthTables } from './people.tables';

export interface ArrivingPerson {
  tenantId: string;
  userId: string;
  username: string;
}

/** Tenants and their people. */
@Injectable()
export class PeopleRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Notes that a person signed in and answers the role here: the first person of a tenant owns it, others build. */
  arrive({ tenantId, userId, username }: ArrivingPerson, account: AccountIdentity): Promise<AppRole> {
    return this.database.transaction(tenantId, async (transaction) => {
      const database = transaction.withTables<AuthTables>().withSchema(AUTH_SCHEMA);
      const { organization, region, locator } = account;
      // Writing the tenant's row, even unchanged, locks it: two first people arrive one after the other.
      await database
        .insertInto('tenants')
        .values({ tenant_id: tenantId, organization, region, locator })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ organization }))
        .execute();
      const others = await database.selectFrom('users').select('id').where('id', '!=', userId).limit(1).execute();
      const person = await database
        .insertInto('users')
        .values({ tenant_id: tenantId, id: userId, username, app_role: others.length === 0 ? 'owner' : 'builder' })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet({ last_seen_at: sql`now()` }))
        .returning('app_role')
        .executeTakeFirstOrThrow();
      return person.app_role;
    });
  }
}

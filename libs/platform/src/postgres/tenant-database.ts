import { AppError } from '@snowflow/contracts/errors/app-error';
import { Kysely, sql, Transaction } from 'kysely';
import { TENANT_SETTING } from './app-role';

/** The database as one tenant sees it. */
export class TenantDatabase<Tables = unknown> {
  constructor(private readonly database: Kysely<Tables>) {}

  /** Runs the work in one transaction in which only the tenant's rows exist: row-level security compares them with the setting. */
  async transaction<T>(tenantId: string, work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    if (!tenantId) throw new AppError('INTERNAL', 'A tenant is needed to reach its rows.');
    return this.database.transaction().execute(async (transaction) => {
      await sql`SELECT set_config(${TENANT_SETTING}, ${tenantId}, true)`.execute(transaction);
      return work(transaction);
    });
  }
}

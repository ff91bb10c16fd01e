import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import type { SecretTables } from '../secrets/secrets.tables';
import { TenantSecrets } from '../secrets/tenant-secrets';
import { AUTH_SCHEMA } from '../storage/migrations';
import { SecretReference, SecretStore } from './secret-store';

const purposeOf = (name: string) => `secret:${name}`;

/** Secrets in SnowFlow's own database, each sealed by the data key of its tenant. */
export class PostgresSecretStore extends SecretStore {
  constructor(
    private readonly database: TenantDatabase,
    private readonly secrets: TenantSecrets,
  ) {
    super();
  }

  async put({ tenantId, name }: SecretReference, value: string): Promise<void> {
    const sealed = await this.secrets.seal(tenantId, purposeOf(name), value);
    await this.database.transaction(tenantId, (transaction) =>
      transaction
        .withTables<SecretTables>()
        .withSchema(AUTH_SCHEMA)
        .insertInto('secrets')
        .values({ tenant_id: tenantId, name, sealed })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doUpdateSet({ sealed }))
        .execute(),
    );
  }

  async get({ tenantId, name }: SecretReference): Promise<string | undefined> {
    const row = await this.database.transaction(tenantId, (transaction) =>
      transaction
        .withTables<SecretTables>()
        .withSchema(AUTH_SCHEMA)
        .selectFrom('secrets')
        .select('sealed')
        .where('name', '=', name)
        .executeTakeFirst(),
    );
    return row && this.secrets.open(tenantId, purposeOf(name), row.sealed);
  }

  async delete({ tenantId, name }: SecretReference): Promise<void> {
    await this.database.transaction(tenantId, (transaction) =>
      transaction
        .withTables<SecretTables>()
        .withSchema(AUTH_SCHEMA)
        .deleteFrom('secrets')
        .where('name', '=', name)
        .execute(),
    );
  }
}

import { createHash } from 'node:crypto';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { appPool, type PostgresOptions } from '@snowflow/platform/postgres/app-pool';
import { TENANT_SETTING } from '@snowflow/platform/postgres/app-role';
import { migrate } from '@snowflow/platform/postgres/migrate';
import { storeError } from '@snowflow/platform/postgres/store-away';
import { tellingPool } from '@snowflow/platform/postgres/telling-pool';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { Kysely, PostgresDialect, type RawBuilder } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { migrations } from '../migrations/migrations';
import type { WorkflowDatabase } from './workflow-database';

/**
 * The Postgres schema `workflow`, always as a role that row-level security binds. A tenant's rows are reached by `transaction`, or by
 * `statement` where one statement is all: that is one round trip, with a plan that the connection keeps.
 */
@Injectable()
export class WorkflowStore implements OnApplicationShutdown {
  /** Sees no tenant's rows: for the queue, which is nobody's. */
  readonly acrossTenants: Kysely<WorkflowDatabase>;
  readonly pool: Pool;
  /** The tenant that a connection's session is set to. */
  private readonly tenants = new WeakMap<PoolClient, string>();
  private readonly byTenant: TenantDatabase<WorkflowDatabase>;
  private readonly names = new Map<string, string>();

  constructor(options: PostgresOptions) {
    this.pool = appPool(options);
    this.acrossTenants = new Kysely({ dialect: new PostgresDialect({ pool: tellingPool(this.pool) }) });
    this.byTenant = new TenantDatabase(this.acrossTenants);
  }

  /** Everything in `work` is one transaction that sees and writes the tenant's rows only. */
  async transaction<T>(tenantId: string, work: (db: Kysely<WorkflowDatabase>) => Promise<T>): Promise<T> {
    return this.byTenant.transaction(tenantId, work);
  }

  /** One statement by itself, over the tenant's rows only. */
  async statement<Row>(tenantId: string, statement: RawBuilder<Row>): Promise<Row[]> {
    return this.kept(statement, async (client) => {
      if (this.tenants.get(client) === tenantId) return;
      this.tenants.delete(client);
      await client.query('SELECT set_config($1, $2, false)', [TENANT_SETTING, tenantId]);
      this.tenants.set(client, tenantId);
    });
  }

  /** One statement by itself that is no tenant's: what it does in a tenant's name it says itself. */
  async statementAcross<Row>(statement: RawBuilder<Row>): Promise<Row[]> {
    return this.kept(statement);
  }

  private async kept<Row>(statement: RawBuilder<Row>, prepare?: (client: PoolClient) => Promise<void>): Promise<Row[]> {
    const { sql: text, parameters } = statement.compile(this.acrossTenants);
    const client = await this.pool.connect().catch((error: unknown) => {
      throw storeError(error);
    });
    let broken = true;
    try {
      await prepare?.(client);
      const { rows } = await client.query({ name: this.nameOf(text), text, values: [...parameters] });
      broken = false;
      // The caller's type stands for the columns its statement names; the driver knows none.
      return rows as Row[];
    } catch (error) {
      throw storeError(error);
    } finally {
      client.release(broken);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.acrossTenants.destroy();
  }

  /** Statements are few and fixed, so each connection keeps every one's plan under a name. */
  private nameOf(text: string): string {
    let name = this.names.get(text);
    if (!name) {
      name = createHash('sha256').update(text).digest('base64url');
      this.names.set(text, name);
    }
    return name;
  }
}

/** Brings the schema up to date and connects to it; processes that start together wait for each other. */
export async function openStore(options: PostgresOptions): Promise<WorkflowStore> {
  await migrate({ url: options.url, schema: 'workflow', migrations });
  return new WorkflowStore(options);
}

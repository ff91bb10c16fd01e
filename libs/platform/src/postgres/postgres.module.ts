import { DynamicModule, Global, Inject, Module, OnApplicationShutdown } from '@nestjs/common';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { APP_ROLE } from './app-role';
import { tellingPool } from './telling-pool';
import { TenantDatabase } from './tenant-database';

/** Injection token of the process's Kysely; type it with the app's own tables: `Kysely<WorkflowTables>`. */
export const DATABASE = Symbol('DATABASE');

export interface PostgresOptions {
  url: string;
  /** How the connections are called in pg_stat_activity. */
  applicationName: string;
  poolSize: number;
}

/** A pool whose connections work as the restricted role. */
@Global()
@Module({})
export class PostgresModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: Kysely<unknown>) {}

  static forRoot(options: PostgresOptions): DynamicModule {
    return {
      module: PostgresModule,
      providers: [
        { provide: DATABASE, useFactory: () => connect(options) },
        {
          provide: TenantDatabase,
          useFactory: (database: Kysely<unknown>) => new TenantDatabase(database),
          inject: [DATABASE],
        },
      ],
      exports: [DATABASE, TenantDatabase],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.destroy();
  }
}

/** A pool of connections that work as the restricted role; `destroy()` ends it. */
export function connect<Tables = unknown>(options: PostgresOptions): Kysely<Tables> {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolSize,
    connectionTimeoutMillis: 10_000,
    // As a start option it is also what RESET ROLE falls back to.
    options: `-c role=${APP_ROLE}`,
  });
  // An idle connection that breaks is replaced by the pool at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: tellingPool(pool) }) });
}

import { DynamicModule, Global, Inject, Module, OnApplicationShutdown } from '@nestjs/common';
import { Kysely, PostgresDialect } from 'kysely';
import { appPool, type PostgresOptions } from './app-pool';
import { tellingPool } from './telling-pool';
import { TenantDatabase } from './tenant-database';

/** Injection token of the process's Kysely; type it with the app's own tables: `Kysely<WorkflowTables>`. */
export const DATABASE = Symbol('DATABASE');

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
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: tellingPool(appPool(options)) }) });
}

import { join } from 'node:path';
import { Catalog } from '../catalog/catalog';
import { DuckDbEngine } from '../engine/duckdb-engine';
import { ResultFiles } from '../results/result-files';
import { KeyedLock } from '../statements/keyed-lock';
import { CompiledQueries } from '../sql/compiled-queries';
import { StatementRegistry } from '../statements/statement-registry';
import type { Session, SessionContext } from '../sessions/session';
import { warehouses, type AccountSettings } from './people';
import type { Person } from './person';
import { Population } from './population';

const LIGHT_MEMORY_MB = 48;

/** One account: its people, its DuckDB, its statements. Two accounts share nothing. */
export class Account {
  readonly version = '9.33.0';
  /** One writer at a time for each object: DuckDB refuses what Snowflake makes wait. */
  readonly locks = new KeyedLock();
  readonly compiled = new CompiledQueries();

  private constructor(
    readonly settings: AccountSettings,
    readonly population: Population,
    readonly engine: DuckDbEngine,
    readonly catalog: Catalog,
    readonly files: ResultFiles,
    readonly statements: StatementRegistry,
  ) {}

  static async open(settings: AccountSettings, dataDir: string, memoryMb: number, madeUp = 0): Promise<Account> {
    const folder = join(dataDir, settings.name.toLowerCase());
    const engine = await DuckDbEngine.open({
      dataDir: folder,
      memoryMb: settings.isLight ? LIGHT_MEMORY_MB : memoryMb,
      // Everybody reads the same sample; only the first account builds it.
      sample: join(dataDir, 'demo', 'sample.duckdb'),
      threads: settings.isLight ? 1 : 2,
    });
    const population = await Population.open(settings.people, folder);
    const catalog = await Catalog.open(engine, madeUp);
    const files = await ResultFiles.open(folder);
    return new Account(settings, population, engine, catalog, files, new StatementRegistry(files));
  }

  person(name: string): Person | undefined {
    return this.population.find(name.toUpperCase());
  }

  /** What a session starts with: its role's databases and a warehouse, unless the login asked for others. */
  startingContext(asked: SessionContext): SessionContext {
    const database = asked.database;
    return {
      ...asked,
      warehouse: asked.warehouse ?? warehouses[0],
      schema: asked.schema ?? (database ? 'PUBLIC' : undefined),
    };
  }

  forgetSession(session: Session): void {
    for (const statement of this.statements.newestFirst()) {
      if (statement.session === session) statement.interrupt();
    }
    session.transaction?.abandon();
    void this.catalog.forgetSession(session);
  }

  /** Called by statements that take a user's rights away. */
  endSessionsOf: (userName: string) => void = () => undefined;

  close(): void {
    this.engine.close();
  }
}

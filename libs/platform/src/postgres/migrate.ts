import { Kysely, Migration, Migrator, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { withoutUncaught } from './app-pool';
import { APP_ROLE } from './app-role';

/** Any number does, as long as nothing else here locks it. */
const MIGRATION_LOCK = 5_190_417;
const LEDGER = 'schema_migration';
const LEDGER_LOCK = 'schema_migration_lock';

export interface MigrateOptions {
  /** Connects as the owner of the schemas. */
  url: string;
  /** The app's own schema, a plain lower-case name. */
  schema: string;
  /** By name, in the order of the names; what has run is never changed. */
  migrations: Record<string, Migration>;
}

/**
 * Brings an app's schema up to date and lets the restricted role work in it. Replicas that start at once wait for each other, and
 * the later ones find nothing to do.
 */
export async function migrate({ url, schema, migrations }: MigrateOptions): Promise<void> {
  if (!/^[a-z][a-z0-9_]*$/.test(schema)) throw new Error('A schema is a plain lower-case name');
  const database = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: withoutUncaught(new Pool({ connectionString: url, max: 2 })) }),
  });
  try {
    await database.connection().execute(async (lock) => {
      await sql`SELECT pg_advisory_lock(${MIGRATION_LOCK})`.execute(lock);
      try {
        await ensureRole(lock);
        await ensureSchema(lock, schema);
        await runMigrations(database, schema, migrations);
        await restrictLedger(lock, schema);
      } finally {
        await sql`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`.execute(lock);
      }
    });
  } finally {
    await database.destroy();
  }
}

/** Roles belong to the whole server, and another database of it may make this one at the same moment. */
async function ensureRole(database: Kysely<unknown>): Promise<void> {
  await sql`
    DO $$ BEGIN
      CREATE ROLE ${sql.id(APP_ROLE)} NOLOGIN NOSUPERUSER NOBYPASSRLS;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$
  `.execute(database);
  await sql`
    DO $$ BEGIN
      IF NOT pg_has_role(current_user, ${sql.lit(APP_ROLE)}, 'SET') THEN
        EXECUTE format('GRANT %I TO %I', ${sql.lit(APP_ROLE)}, current_user);
      END IF;
    END $$
  `.execute(database);
}

async function ensureSchema(database: Kysely<unknown>, schema: string): Promise<void> {
  const name = sql.id(schema);
  const role = sql.id(APP_ROLE);
  await sql`CREATE SCHEMA IF NOT EXISTS ${name}`.execute(database);
  await sql`GRANT USAGE ON SCHEMA ${name} TO ${role}`.execute(database);
  await sql`
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${name} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role}
  `.execute(database);
  await sql`ALTER DEFAULT PRIVILEGES IN SCHEMA ${name} GRANT USAGE ON SEQUENCES TO ${role}`.execute(database);
}

async function runMigrations(
  database: Kysely<unknown>,
  schema: string,
  migrations: Record<string, Migration>,
): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: schema,
    migrationTableName: LEDGER,
    migrationLockTableName: LEDGER_LOCK,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
    throw new Error(`The migration ${failed ?? ''} of ${schema} failed`, { cause: error });
  }
}

async function restrictLedger(database: Kysely<unknown>, schema: string): Promise<void> {
  for (const table of [LEDGER, LEDGER_LOCK]) {
    await sql`REVOKE ALL ON ${sql.table(`${schema}.${table}`)} FROM ${sql.id(APP_ROLE)}`.execute(database);
  }
}

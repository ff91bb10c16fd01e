import { sql, type Kysely, type Migration } from 'kysely';
import { APP_ROLE } from '../postgres/app-role';
import { isolateTenants } from '../postgres/tenant-policy';

/** The audit tables of a service's schema. The services' role may add to the entries, never change or remove one. */
export const auditMigration = (schema: string): Migration => ({
  async up(db: Kysely<unknown>) {
    const entries = sql.table(`${schema}.audit_entries`);
    const heads = sql.table(`${schema}.audit_heads`);
    await sql`
      CREATE TABLE ${entries} (
        tenant_id text NOT NULL,
        seq bigint NOT NULL,
        at timestamptz(3) NOT NULL,
        actor_kind text NOT NULL,
        actor_id text NOT NULL,
        actor_name text NOT NULL,
        action text NOT NULL,
        object_kind text NOT NULL,
        object_id text NOT NULL,
        object_name text NOT NULL,
        before text,
        after text,
        correlation_id text NOT NULL,
        previous_hash text NOT NULL,
        hash text NOT NULL,
        PRIMARY KEY (tenant_id, seq)
      )`.execute(db);
    await sql`CREATE INDEX audit_entries_by_time ON ${entries} (tenant_id, at DESC, seq DESC)`.execute(db);
    await sql`CREATE TABLE ${heads} (tenant_id text PRIMARY KEY, seq bigint NOT NULL, hash text NOT NULL)`.execute(db);
    for (const table of ['audit_entries', 'audit_heads']) await isolateTenants(db, schema, table);
    await sql`REVOKE UPDATE, DELETE, TRUNCATE ON ${entries} FROM ${sql.id(APP_ROLE)}`.execute(db);
    await sql`REVOKE DELETE, TRUNCATE ON ${heads} FROM ${sql.id(APP_ROLE)}`.execute(db);
  },
});

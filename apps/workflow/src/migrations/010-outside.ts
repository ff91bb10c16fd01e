import { isolateTenants } from '@snowflow/platform/postgres/tenant-policy';
import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Where a tenant's steps may call, what they say who they are with, and every call they made. A call is written before it leaves; its
 * path and answer may hold values, so they rest sealed.
 */
export const outside: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE TABLE workflow.outside_hosts (
        tenant_id text PRIMARY KEY,
        hosts json NOT NULL,
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      )`.execute(db);
    await sql`
      CREATE TABLE workflow.outside_credentials (
        tenant_id text NOT NULL,
        id text NOT NULL,
        name text NOT NULL,
        kind text NOT NULL,
        hosts json NOT NULL,
        sealed_secret text NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, id)
      )`.execute(db);
    await sql`
      CREATE TABLE workflow.outside_calls (
        tenant_id text NOT NULL,
        id text NOT NULL,
        run_id text NOT NULL,
        step text NOT NULL,
        node_id text NOT NULL,
        owner_name text NOT NULL,
        kind text NOT NULL,
        host text NOT NULL,
        method text NOT NULL,
        credential_id text,
        sealed_about text NOT NULL,
        state text NOT NULL,
        attempts integer NOT NULL,
        status integer,
        error_code text,
        bytes_out integer NOT NULL DEFAULT 0,
        bytes_in integer NOT NULL DEFAULT 0,
        ms integer,
        sealed_reply text,
        at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, id)
      )`.execute(db);
    await sql`CREATE INDEX outside_calls_of_step ON workflow.outside_calls (run_id, step)`.execute(db);
    await sql`CREATE INDEX outside_calls_newest ON workflow.outside_calls (tenant_id, at DESC, id DESC)`.execute(db);
    for (const table of ['outside_hosts', 'outside_credentials', 'outside_calls']) {
      await isolateTenants(db, 'workflow', table);
    }
  },
};

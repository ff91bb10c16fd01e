import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { APP_ROLE } from '@snowflow/platform/postgres/app-role';
import { sql, type Kysely, type Migration } from 'kysely';
import { Pool } from 'pg';

/** The schema that LangGraph's checkpointer keeps its tables in. */
export const CHECKPOINT_SCHEMA = 'workflow_checkpoints';

/** LangGraph's own set-up races between processes; here it runs once, under the migrations' lock. */
export const checkpoints = (databaseUrl: string): Migration => ({
  async up(db: Kysely<unknown>) {
    const pool = new Pool({ connectionString: databaseUrl, max: 1 });
    try {
      await new PostgresSaver(pool, undefined, { schema: CHECKPOINT_SCHEMA }).setup();
    } finally {
      await pool.end();
    }
    const schema = sql.id(CHECKPOINT_SCHEMA);
    await sql`GRANT USAGE ON SCHEMA ${schema} TO ${sql.id(APP_ROLE)}`.execute(db);
    await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${sql.id(APP_ROLE)}`.execute(
      db,
    );
  },
});

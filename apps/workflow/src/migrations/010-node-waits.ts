import { sql, type Kysely, type Migration } from 'kysely';

/** A node that waits says what for: the page can't tell a sign-in from a decision by what kind of node it is. */
export const nodeWaits: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE workflow.run_nodes ADD COLUMN waits_for text`.execute(db);
  },
};

import { sql, type Kysely, type Migration } from 'kysely';

/** How often a run was taken up since it began or last rested: one that rests often stops no worker, one that never gets further does. */
export const leaseCount: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE workflow.run_queue ADD COLUMN taken_up integer NOT NULL DEFAULT 0`.execute(db);
  },
};

import { sql, type Kysely, type Migration } from 'kysely';
import { TAKE_RUNS } from './009-progress.sql';

/** What counts as a run's getting on is more than its nodes and statements: a long map was parked although its items came to their ends. */
export const progress: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(TAKE_RUNS).execute(db);
  },
};

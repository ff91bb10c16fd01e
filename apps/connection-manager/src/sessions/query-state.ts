const RUNNING = new Set([
  'RUNNING',
  'RESUMING_WAREHOUSE',
  'QUEUED',
  'QUEUED_REPARING_WAREHOUSE',
  'BLOCKED',
  'NO_DATA',
  'ABORTING',
]);

/** By the words of Snowflake's monitoring. */
export const hasEnded = (state: string) => !RUNNING.has(state);

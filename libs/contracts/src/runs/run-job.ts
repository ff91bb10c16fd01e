/** The BullMQ queue that wakes workers. It holds nothing worth keeping: Postgres is the truth of what is to run. */
export const RUN_QUEUE = 'snowflow-runs';

/** A wake-up: no data, no secret. */
export interface RunJob {
  tenantId: string;
  runId: string;
}

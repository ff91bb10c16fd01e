/**
 * The BullMQ queue that wakes workers. A job holds nothing: it says that some run may be due. Which one is next stands in Postgres, which
 * is the truth of what is to run.
 */
export const RUN_QUEUE = 'snowflow-runs';

/** How long a statement counts as running without anybody watching it. Longer than the longest wait. */
export const STATEMENT_LEASE_MS = 75_000;
/** How long a replica may take to change the context before another may. */
export const TURN_MS = 20_000;
/** How long a statement waits for its context. */
export const CONTEXT_PATIENCE_MS = 15_000;
/** For statements about the session itself and for metadata. */
export const SHORT_STATEMENT_MS = 25_000;

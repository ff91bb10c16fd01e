/** The Redis pub/sub channel on which a worker says "this run has new events"; the message is the last sequence number, nothing more. */
export function runChannel(runId: string): string {
  return `snowflow:run:${runId}`;
}

/** The channel on which it is said, once, that a run has ended; the message is the last sequence number. For who waits for nothing else. */
export function runEndedChannel(runId: string): string {
  return `snowflow:run-ended:${runId}`;
}

/** The Redis pub/sub channel on which a worker says "this run has new events"; the message is the last sequence number, nothing more. */
export function runChannel(runId: string): string {
  return `snowflow:run:${runId}`;
}

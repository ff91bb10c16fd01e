import { createInterface } from 'node:readline';
import { FailedCall, type PlainClient } from './plain-client';

const ID = /^id: ?(\d+)$/;

/** Streams of runs' events, gone on with by the id of the last one as a browser does, and what was wrong with them. */
export class EventFollower {
  /** Ended by the server before the run had: the browser comes again. */
  resumed = 0;
  /** Numbers that never came, came twice or came before others. */
  outOfOrder = 0;

  constructor(
    private readonly api: PlainClient,
    private readonly note: (what: string, tookMs: number, failure?: string) => void,
  ) {}

  /** Reads the events from `after` on until the stream ends; answers the last one's number. */
  async follow(runId: string, after: number): Promise<number> {
    const startedAt = performance.now();
    let last = after;
    try {
      const response = await this.api.open(`GET /runs/${runId}/events`, { 'last-event-id': String(after) });
      if (response.statusCode !== 200) {
        response.resume();
        throw new FailedCall(String(response.statusCode));
      }
      this.note('events', performance.now() - startedAt);
      for await (const line of createInterface({ input: response })) {
        const id = Number(ID.exec(line)?.[1] ?? Number.NaN);
        if (Number.isNaN(id)) continue;
        if (id !== last + 1) this.outOfOrder += 1;
        last = id;
      }
      // A line reader ends quietly where the connection was cut.
      if (!response.complete) throw new FailedCall('cut');
    } catch (error) {
      this.note('events', performance.now() - startedAt, error instanceof Error ? error.message : 'no reason');
    }
    return last;
  }
}

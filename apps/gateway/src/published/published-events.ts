import { toWireError } from '@snowflow/contracts/errors/app-error';
import type { PublishedRunReply } from '@snowflow/contracts/workflow/publication.dto';
import { runFailed } from './run-failed';

/** So that what is between here and the client does not take silence for the end, and a client that is gone is noticed. */
export const HEARTBEAT_MS = 15_000;

const sse = (event: string, data: object) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** A called run as text/event-stream: its states, then what it answers. Rows are not among it, but where to get them is. */
export async function* publishedEvents(states: AsyncIterable<PublishedRunReply>, statusUrl: string) {
  let [before, spokeAtMs] = ['', 0];
  try {
    for await (const run of states) {
      const { runId, status, answer } = run;
      if (status === before) {
        if (Date.now() - spokeAtMs < HEARTBEAT_MS) continue;
        yield ': still here\n\n';
        spokeAtMs = Date.now();
        continue;
      }
      [before, spokeAtMs] = [status, Date.now()];
      yield sse(`run.${status}`, { runId, at: new Date().toISOString() });
      if (answer) {
        const { rows, ...told } = answer;
        yield sse('response', rows ? { ...told, rowsUrl: statusUrl } : told);
      } else if (status === 'failed' || status === 'cancelled') {
        yield sse('problem', toWireError(runFailed(run)));
      }
    }
  } catch (error) {
    yield sse('problem', toWireError(error));
  }
}

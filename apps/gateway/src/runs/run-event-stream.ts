import type { SpokenText } from '@snowflow/contracts/runs/spoken-text';
import type { RequestContext } from '@snowflow/contracts/sessions/request-context';
import type { WorkflowClient } from '@snowflow/contracts/workflow/workflow.contract';
import type { EventsReply, RunEvent } from '@snowflow/contracts/workflow/workflow.dto';
import { runInScope } from '@snowflow/transport/request-scope';
import { Readable } from 'node:stream';
import { eventLag, eventStreamsOpen } from '../telemetry/http-metrics';
import type { Listening } from './run-news';

export const PAGE_SIZE = 200;
export const HEARTBEAT_MS = 15_000;
/** A client that takes nothing for this long is cut; it resumes by Last-Event-ID. */
const SLOW_CLIENT_MS = 60_000;
const BUFFER_BYTES = 64 * 1024;

/** It has no id: who signs in again goes on after the last event of the run. */
const SESSION_ENDED = `event: session.ended\ndata: ${JSON.stringify({ code: 'SESSION_ENDED' })}\n\n`;

interface Options {
  runId: string;
  context: RequestContext;
  workflows: Pick<WorkflowClient, 'events'>;
  listening: Listening;
  first: EventsReply;
  after: number;
  /** Opens what an agent of the run said; undefined where that can't be. */
  opened: (sealed: string) => SpokenText | undefined;
  /** Whether the session that reads is still there. */
  isSignedIn: () => Promise<boolean>;
  heartbeatMs?: number;
  slowClientMs?: number;
}

/**
 * The events of a run as text/event-stream: those there are, then those to come, ending after the last. It reads ahead no further than one
 * page, and only as fast as the client takes. Closing the listening ends it, and so does the end of the reader's session, within a heartbeat.
 */
export function runEventStream(options: Options): Readable {
  const stuck = () => {
    options.listening.close();
    stream.destroy();
  };
  const paced = cutWhenStuck(frames(options), stuck, options.slowClientMs ?? SLOW_CLIENT_MS);
  const stream: Readable = Readable.from(paced, { objectMode: false, highWaterMark: BUFFER_BYTES });
  eventStreamsOpen.inc();
  stream.once('close', () => eventStreamsOpen.dec());
  return stream;
}

/** The next frame is asked for when the buffer has room; when that takes too long, nobody reads. */
async function* cutWhenStuck(source: AsyncIterable<string>, cut: () => void, afterMs: number): AsyncGenerator<string> {
  for await (const frame of source) {
    const timer = setTimeout(cut, afterMs);
    try {
      yield frame;
    } finally {
      clearTimeout(timer);
    }
  }
}

async function* frames(options: Options): AsyncGenerator<string> {
  const { runId, context, workflows, listening, first, isSignedIn, heartbeatMs = HEARTBEAT_MS } = options;
  let [page, after] = [first, options.after];
  let spokeAtMs = Date.now();
  let lookedAtMs = spokeAtMs;
  let isLive = false;
  for (;;) {
    if (page.events.length > 0) {
      // What had happened before it was followed says nothing of the way.
      if (isLive) page.events.forEach(timed);
      yield page.events.map(frameOf).join('');
      after = page.events.at(-1)?.data.seq ?? after;
      spokeAtMs = Date.now();
    }
    if (page.ended) return;
    if (page.events.length < PAGE_SIZE) {
      const hasNews = await listening.next(Math.max(1, heartbeatMs - (Date.now() - spokeAtMs)));
      if (listening.isClosed) return;
      isLive = true;
      const sealed = listening.spoken();
      // It holds what an agent read, so it is for whom the rows are: the runner.
      const spoken = sealed === undefined || !first.own ? undefined : options.opened(sealed);
      if (spoken) {
        yield spokenFrame(spoken);
        spokeAtMs = Date.now();
      }
      const isSilent = !hasNews && sealed === undefined;
      if (Date.now() - lookedAtMs >= heartbeatMs || isSilent) {
        if (!(await isSignedIn())) return yield SESSION_ENDED;
        lookedAtMs = Date.now();
      }
      if (isSilent) {
        yield ': still here\n\n';
        spokeAtMs = Date.now();
      }
      if (!hasNews && !isSilent) {
        page = { ...page, events: [], ended: false };
        continue;
      }
    }
    page = await runInScope({ context }, () => workflows.events({ id: runId, after, limit: PAGE_SIZE }));
  }
}

/** Clocks of machines differ a little: what comes before its moment took no time. */
function timed({ data }: RunEvent): void {
  eventLag.observe(Math.max(0, Date.now() - Date.parse(data.at)) / 1000);
}

/** It has no id: it is not told again. */
const spokenFrame = (spoken: SpokenText) => `event: node.text\ndata: ${JSON.stringify(spoken)}\n\n`;

function frameOf({ type, data }: RunEvent): string {
  return `id: ${data.seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

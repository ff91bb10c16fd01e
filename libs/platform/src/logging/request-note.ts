import type { IncomingMessage } from 'node:http';
import type { LogScope } from './logging.module';

/** What the closing line of an HTTP request says of it beside method, path and status. */
export type RequestNote = LogScope & { traceId?: string };

const notes = new WeakMap<IncomingMessage, RequestNote>();

/** Adds to what is known of a request. */
export function noteRequest(request: IncomingMessage, note: RequestNote): void {
  notes.set(request, { ...notes.get(request), ...note });
}

/** What was noted of a request. */
export function noteOf(request: IncomingMessage): RequestNote {
  return notes.get(request) ?? {};
}

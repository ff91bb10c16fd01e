import { createParser } from 'eventsource-parser';
import type { RunEvent } from '../../api/types';

export interface FollowOptions {
  url: string;
  fetch(request: Request): Promise<Response>;
  onEvent(event: RunEvent): void;
  /** What an agent says while it says it: all of its reply so far. */
  onSpoken?(nodeId: string, text: string): unknown;
  onConnection(state: 'open' | 'lost'): void;
  signal: AbortSignal;
  /** Waits between two attempts. */
  wait(ms: number): Promise<void>;
}

const FIRST_WAIT_MS = 500;
const LAST_WAIT_MS = 10_000;
/** The server sends a comment every 15 s; three missing ones mean that the connection is dead. */
const SILENCE_MS = 45_000;
const TERMINAL: ReadonlySet<string> = new Set(['run.succeeded', 'run.failed', 'run.cancelled']);

/** Reads one connection until it ends. Answers true when the run's last event came. */
async function readStream(
  body: ReadableStream<Uint8Array>,
  onEvent: (type: string, data: string, id: string | undefined) => void,
  ended: () => boolean,
): Promise<boolean> {
  const parser = createParser({ onEvent: ({ event, data, id }) => onEvent(event ?? 'message', data, id) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    let silence: ReturnType<typeof setTimeout> | undefined;
    const dead = new Promise<never>((_resolve, reject) => {
      silence = setTimeout(() => reject(new Error('The event stream fell silent.')), SILENCE_MS);
    });
    try {
      const { done, value } = await Promise.race([reader.read(), dead]);
      if (done) return ended();
      parser.feed(decoder.decode(value, { stream: true }));
      if (ended()) {
        await reader.cancel();
        return true;
      }
    } catch (error) {
      void reader.cancel().catch(() => undefined);
      throw error;
    } finally {
      clearTimeout(silence);
    }
  }
}

/**
 * Follows a run's events to its end. A connection that breaks is opened again after the last event that was seen.
 * Answers `ended`, or `gone` when the server refuses the stream (another person's run, one that was removed).
 */
export async function followRun(options: FollowOptions): Promise<'ended' | 'gone' | 'aborted'> {
  const { url, fetch, onEvent, onSpoken, onConnection, signal, wait } = options;
  let lastId: string | undefined;
  let waitMs = FIRST_WAIT_MS;
  let ended = false;
  while (!signal.aborted) {
    try {
      const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
      const response = await fetch(new Request(url, { headers, signal, cache: 'no-store' }));
      if (response.status >= 400 && response.status < 500 && response.status !== 429) return 'gone';
      if (!response.ok || !response.body) throw new Error(`The event stream answered ${response.status}.`);
      onConnection('open');
      const done = await readStream(
        response.body,
        (type, data, id) => {
          // Opening it again finds the session renewed, or asks to sign in.
          if (type === 'session.ended') return;
          if (type === 'node.text') {
            const { nodeId, text } = JSON.parse(data) as { nodeId: string; text: string };
            onSpoken?.(nodeId, text);
            return;
          }
          waitMs = FIRST_WAIT_MS;
          lastId = id ?? lastId;
          onEvent({ type, data: JSON.parse(data) as RunEvent['data'] });
          ended ||= TERMINAL.has(type);
        },
        () => ended,
      );
      if (done) return 'ended';
    } catch {
      // Whatever broke the connection, the answer is the same: open it again.
    }
    if (signal.aborted) break;
    onConnection('lost');
    await wait(waitMs);
    waitMs = Math.min(waitMs * 2, LAST_WAIT_MS);
  }
  return 'aborted';
}

import { authenticatedFetch } from '../../api/client';
import { runEventsUrl } from '../../api/runs';
import type { RunEvent } from '../../api/types';
import { followRun } from './follow-run';
import { hearSpoken } from './trace/spoken-store';

interface RunWatcher {
  onEvent(event: RunEvent): void;
  /** Reads the run anew: its statements, and the messages that events leave out. */
  reload(): Promise<void>;
  /** Said once the stream has been away for more than a moment, and again when it is back. */
  onReconnecting(reconnecting: boolean): void;
}

const RECONNECTING_SHOWN_AFTER_MS = 3_000;

/** Follows a run over breaks of the stream, and reads it anew where events don't tell everything: when it starts and when it has ended. */
export async function watchRun(id: string, signal: AbortSignal, watcher: RunWatcher): Promise<void> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const outcome = await followRun({
    url: runEventsUrl(id),
    fetch: authenticatedFetch,
    signal,
    onEvent: (event) => {
      watcher.onEvent(event);
      if (event.type === 'run.started') void watcher.reload().catch(() => undefined);
    },
    onSpoken: (nodeId, text) => hearSpoken(id, nodeId, text),
    onConnection: (state) => {
      if (state === 'open') {
        clearTimeout(late);
        late = undefined;
        watcher.onReconnecting(false);
      } else {
        // Every failed attempt says `lost` again; the time counts from the first.
        late ??= setTimeout(() => watcher.onReconnecting(true), RECONNECTING_SHOWN_AFTER_MS);
      }
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  clearTimeout(late);
  if (outcome === 'ended') await watcher.reload();
}

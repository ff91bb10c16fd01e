import type { LiveRun } from './use-live-run';

/** Hands over the run's events as a file, a JSON object a line. They hold states, times and counts, never values. */
export function downloadEvents({ id, events }: Pick<LiveRun, 'id' | 'events'>): void {
  const text = events.map(({ type, data }) => `${JSON.stringify({ type, ...data })}\n`).join('');
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${id}-events.ndjson`;
  link.click();
  // The browser reads the file after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const EXACT_BELOW = 100_000;

/** `9,377`, `148 K`, `1.24 M`: exact below 100,000, three figures above. */
export function compactCount(value: number): string {
  if (value < EXACT_BELOW) return value.toLocaleString('en-US');
  for (const [unit, size] of [
    ['B', 1e9],
    ['M', 1e6],
    ['K', 1e3],
  ] as const) {
    if (value >= size) return `${Number((value / size).toPrecision(3))} ${unit}`;
  }
  return String(value);
}

const BYTE_UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** `950 bytes`, `1.24 MB`, `3 GB`: three figures. */
export function bytesText(bytes: number): string {
  if (bytes === 1) return '1 byte';
  const unit = bytes < 1_000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1_000 ** unit).toPrecision(3))} ${BYTE_UNITS[unit]}`;
}

export function rowsText(count: number): string {
  return `${compactCount(count)} ${count === 1 ? 'row' : 'rows'}`;
}

/** `80 ms`, `1.8 s`, `2 min 04 s`. */
export function durationText(ms: number): string {
  if (ms < 100) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** The time between two moments, undefined while either is missing. */
export function elapsedBetween(startedAt: string | null, finishedAt: string | null): number | undefined {
  return startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : undefined;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const UNDER_A_SECOND_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const STEPS_MS: readonly number[] = [
  ...UNDER_A_SECOND_MS,
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 5, 10, 24, 48].map((hours) => hours * HOUR),
];
const MOST_STEPS = 5;

/** The marks of an axis from 0 to `spanMs`, at round times. */
export function ticksOf(spanMs: number): number[] {
  const step = STEPS_MS.find((ms) => spanMs / ms <= MOST_STEPS) ?? Math.ceil(spanMs / MOST_STEPS);
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);
}

/** `0`, `200 ms`, `20 s`, `3 min`, `2 h`: ticks are round, so one unit is enough, or two. */
export function tickText(ms: number): string {
  if (ms === 0) return '0';
  if (ms < SECOND) return `${ms} ms`;
  if (ms < MINUTE) return `${ms / SECOND} s`;
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const hours = Math.floor(ms / HOUR);
  const seconds = (ms % MINUTE) / SECOND;
  return [hours && `${hours} h`, minutes && `${minutes} min`, seconds && `${seconds} s`].filter(Boolean).join(' ');
}

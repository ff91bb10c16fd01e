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
/** Of the widest labels, as `200 ms`; measured at 12 px. */
const CHARACTER_PX = 7.5;
/** From a mark to its label. */
const BEFORE_PX = 3;
const BETWEEN_PX = 8;

export interface Tick {
  ms: number;
  /** As a share of the axis. */
  at: number;
  /** Undefined where it would stand over the next column. */
  label: string | undefined;
}

/** The marks of an axis from 0 to `spanMs`, at round times, as many as have room for their labels on `axisPx`. */
export function ticksOf(spanMs: number, axisPx: number): Tick[] {
  return multiplesOf(stepOf(spanMs, axisPx), spanMs).map((ms) => {
    const at = ms / spanMs;
    const text = tickText(ms);
    return { ms, at, label: at * axisPx + labelPx(text) <= axisPx ? text : undefined };
  });
}

/** From its mark to the end of its last letter, at most. */
export const labelPx = (text: string): number => BEFORE_PX + text.length * CHARACTER_PX;

function stepOf(spanMs: number, axisPx: number): number {
  const hasRoom = (step: number) =>
    step > spanMs || (spanMs / step <= MOST_STEPS && widestOf(step, spanMs) <= (step / spanMs) * axisPx);
  let step = STEPS_MS.find(hasRoom) ?? 4 * 24 * HOUR;
  while (!hasRoom(step)) step *= 2;
  return step;
}

const widestOf = (step: number, spanMs: number) =>
  Math.max(...multiplesOf(step, spanMs).map((ms) => labelPx(tickText(ms)))) + BETWEEN_PX;

const multiplesOf = (step: number, spanMs: number) =>
  Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);

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

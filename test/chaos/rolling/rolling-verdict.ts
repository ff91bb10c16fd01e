import type { Row } from '../../../bench/report';
import { summed } from '../../../bench/measure';
import type { ChaosRun } from '../chaos-run';
import { countEffects, type EffectCount, type Found, isRight } from '../verdict';
import type { Tally } from './tally';

const SHOWN = 25;

/** What a rolling restart came to. */
export interface RollingOutcome {
  tookMs: number;
  tally: Tally;
  accepted: number;
  ended: readonly ChaosRun[];
  lost: readonly string[];
  found: Found;
  /** Drafts that are not at the revision that was told last. */
  astray: { lost: number; doubled: number };
  saves: number;
  streams: { resumed: number; outOfOrder: number };
  /** GETs over a kept connection that ended before any answer; they were sent over a new one. */
  sentAgain: number;
  /** By process, in the order of the restarts. */
  restarts: readonly { name: string; endedMs: number; readyMs: number }[];
}

const isClean = ({ lost, doubled, unasked, inDoubt }: EffectCount) => lost + doubled + unasked + inDoubt === 0;

/** Whether no request failed and no run was lost, doubled or wrong, and the lines that say so. */
export function rollingVerdict(outcome: RollingOutcome): { isGood: boolean; rows: Row[] } {
  const { tookMs, tally, accepted, ended, lost, found, astray, saves, streams, sentAgain, restarts } = outcome;
  const wrong = ended.filter((one) => !isRight(one)).length;
  const [writes, webhooks] = [countEffects(ended, 'table', found), countEffects(ended, 'receiver', found)];
  const rows: Row[] = [
    {
      what: 'requests',
      value: String(tally.asked),
      compared: `${((tally.asked / tookMs) * 1000).toFixed(0)} a second in ${(tookMs / 1000).toFixed(0)} s; ${timesOf(tally.allTimes())}`,
    },
    { what: 'failed requests', value: String(tally.failed), compared: 'bar: 0' },
    ...[...tally.failures].slice(0, SHOWN).map(([what, times]) => ({
      what: `  ${what}`,
      value: `${times} times`,
      compared: '',
    })),
    ...[...tally.byCall].map(([what, times]) => ({
      what: `  ${what}`,
      value: String(times.length),
      compared: timesOf(times),
    })),
    { what: 'GETs sent once more', value: String(sentAgain), compared: 'over a new connection, as browsers do' },
    {
      what: 'event streams gone on with',
      value: String(streams.resumed),
      compared: `${streams.outOfOrder} events out of order, bar: 0`,
    },
    {
      what: 'drafts saved',
      value: String(saves),
      compared: `${astray.lost} lost, ${astray.doubled} doubled; bar: 0, 0`,
    },
    {
      what: 'runs accepted',
      value: String(accepted),
      compared: `${ended.length} ended, ${wrong} of them wrong, ${lost.length} lost; bar: all, 0, 0`,
    },
    effectLine('writes', writes),
    effectLine('webhooks', webhooks),
    ...restarts.map(({ name, endedMs, readyMs }) => ({
      what: `${name} replaced`,
      value: `${(endedMs / 1000).toFixed(1)} s`,
      compared: `from its signal to its end; ready ${(readyMs / 1000).toFixed(1)} s after that`,
    })),
  ];
  const isGood =
    tally.failed + wrong + lost.length + astray.lost + astray.doubled + streams.outOfOrder === 0 &&
    ended.length === accepted &&
    isClean(writes) &&
    isClean(webhooks);
  return { isGood, rows };
}

const effectLine = (what: string, { done, lost, doubled, unasked, inDoubt }: EffectCount): Row => ({
  what: `${what} told as done`,
  value: String(done),
  compared: `${lost} lost, ${doubled} doubled, ${unasked} of others there, ${inDoubt} in doubt; bar: 0, 0, 0, 0`,
});

function timesOf(times: readonly number[]): string {
  const { p50Ms, p95Ms, p99Ms } = summed(times, 1);
  const longest = times.reduce((most, each) => Math.max(most, each), 0);
  return `half within ${p50Ms.toFixed(0)} ms, 95 % ${p95Ms.toFixed(0)}, 99 % ${p99Ms.toFixed(0)}, all ${longest.toFixed(0)}`;
}

import type { Row } from '../../bench/report';
import type { Stack } from '@snowflow/testing/stack';
import { type Capacity, told } from './capacity';
import type { LoadGenerator } from './load-generator';
import type { Outcome } from './orders';
import { figuresOf, type ProcessFigures } from './process-figures';

const TIMES = [1, 2, 4];
const SECONDS = 30;
/** Of the peak, at four times as much as can be done. */
const LEAST_SHARE = 0.8;
const LONGEST_P95_MS = 2_000;

/** Rows for the table, and whether all bars hold. */
export interface Verdict {
  isGood: boolean;
  rows: Row[];
}

/** More people than can be served, who wait for nobody. */
export async function overload(stack: Stack, generator: LoadGenerator, { best }: Capacity): Promise<Verdict> {
  let isGood = true;
  let peak = best.acceptedPerSecond;
  const rows: Row[] = [];
  for (const times of TIMES) {
    const before = await figuresOf(stack);
    const outcome = await generator.come({ perSecond: best.actsPerSecond * times, seconds: SECONDS });
    const after = await figuresOf(stack);
    peak = Math.max(peak, outcome.acceptedPerSecond);
    const share = outcome.acceptedPerSecond / peak;
    const failures = Object.values(outcome.failures).reduce((sum, count) => sum + count, 0);
    const holds = failures === 0 && outcome.p95Ms <= LONGEST_P95_MS && (times < 4 || share >= LEAST_SHARE);
    isGood &&= holds;
    rows.push(...rowsOf(times, outcome, share, failures, holds), ...processRows(times, before, after));
  }
  return { isGood, rows };
}

function rowsOf(times: number, outcome: Outcome, share: number, failures: number, holds: boolean): Row[] {
  const { offeredPerSecond, refusedPerSecond, ownShare, ownLateMs, runs } = outcome;
  const goals = `p95 <= ${LONGEST_P95_MS} ms, nothing failed${times === 4 ? `, ${LEAST_SHARE} of the peak` : ''}`;
  return [
    {
      what: `${times} times the capacity for ${SECONDS} s: accepted`,
      value: told(outcome),
      compared: `${share.toFixed(2)} of the peak; goals: ${goals}: ${holds ? 'reached' : 'missed'}`,
    },
    {
      what: `${times} times: offered and refused`,
      value: `${offeredPerSecond.toFixed(0)}/s offered, ${refusedPerSecond.toFixed(0)}/s answered 429 or 503 with Retry-After`,
      compared: `${failures} failed otherwise ${failures > 0 ? JSON.stringify(outcome.failures) : ''}`.trim(),
    },
    {
      what: `${times} times: p95 by what was asked`,
      value: Object.entries(outcome.p95MsOf)
        .map(([what, ms]) => `${what} ${ms.toFixed(0)}`)
        .join(', '),
      compared: 'ms',
    },
    {
      what: `${times} times: the generator itself`,
      value: `${(ownShare * 100).toFixed(0)}% of a processor, late by at most ${ownLateMs.toFixed(0)} ms`,
      compared: `${runs} runs ended`,
    },
  ];
}

function processRows(times: number, before: ProcessFigures[], after: ProcessFigures[]): Row[] {
  return after.map(({ process, pid, residentMb, loopLagP99Ms, cpuSeconds }) => {
    const was = before.find((one) => one.pid === pid);
    return {
      what: `${times} times: ${process}`,
      value: `${residentMb.toFixed(0)} MB, ${Number.isNaN(loopLagP99Ms) ? 'no metrics' : `event loop late by p99 ${loopLagP99Ms.toFixed(0)} ms`}`,
      compared: `${(cpuSeconds - (was?.cpuSeconds ?? 0)).toFixed(1)} s of processor time`,
    };
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '@snowflow/testing/stack';
import { type Capacity, told } from './capacity';
import { renewTokens } from './crowd';
import type { LoadGenerator } from './load-generator';
import type { Crowd } from './orders';
import type { Verdict } from './overload';
import { figuresOf, type ProcessFigures } from './process-figures';
import { slopeOf } from './slope';

const SHARE = 0.6;
const LOOK_EVERY_MS = 10_000;
const COLLECTION_MS = 1_000;
const RENEW_EVERY_MS = 300_000;
/** What JavaScript holds may not grow by more than this beyond what chance explains; resident memory is shown. */
const MOST_MB_AN_HOUR = 4;
/** It holds the data that runs and tests make. */
const WAREHOUSE = 'local-warehouse';

interface Look {
  hours: number;
  figures: ProcessFigures[];
  /** What JavaScript held right after the collection, by pid. */
  heldMb: ReadonlyMap<number, number>;
}

/** Hours of ordinary work in small: what stays in memory is looked at every ten seconds, in one process after the other and after a collection of all its garbage. */
export async function soak(
  stack: Stack,
  generator: LoadGenerator,
  crowd: Crowd,
  { best }: Capacity,
  minutes: number,
): Promise<Verdict> {
  const watching = new AbortController();
  const renewing = setInterval(() => {
    renewTokens(crowd)
      .then((tokens) => generator.renew(tokens))
      // The last may be under way when all is over.
      .catch((error: unknown) => void (watching.signal.aborted || console.error(error)));
  }, RENEW_EVERY_MS);
  const looks: Look[] = [];
  const coming = generator.come({ perSecond: best.actsPerSecond * SHARE, seconds: minutes * 60 }).finally(() => {
    watching.abort();
    clearInterval(renewing);
  });
  // A process that is gone ends both: the look fails, and the stack is stopped.
  const [outcome] = await Promise.all([coming, watch(stack, looks, watching.signal)]);
  const failures = Object.values(outcome.failures).reduce((sum, count) => sum + count, 0);
  const growths = growthsOf(looks);
  const isFlat = growths.length > 0 && growths.every((one) => one.isFlat);
  return {
    isGood: isFlat && failures === 0,
    rows: [
      {
        what: `${minutes} minutes at ${SHARE} of the capacity`,
        value: told(outcome),
        compared:
          `${outcome.refusedPerSecond.toFixed(2)}/s refused, ${failures} failed ${failures > 0 ? JSON.stringify(outcome.failures) : ''}`.trim(),
      },
      ...growths.map(({ row }) => row),
    ],
  };
}

async function watch(stack: Stack, looks: Look[], signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  const pids = Object.values(stack.pids).flat();
  while (!signal.aborted) {
    await delay(LOOK_EVERY_MS - pids.length * COLLECTION_MS, undefined, { signal }).catch(() => undefined);
    for (const pid of pids) {
      if (signal.aborted) return;
      process.kill(pid, 'SIGUSR2');
      await delay(COLLECTION_MS);
    }
    const hours = (performance.now() - startedAt) / 3_600_000;
    looks.push({ hours, figures: await figuresOf(stack), heldMb: heldIn(stack.logs()) });
  }
}

/** As `collect-on-signal.ts` tells it; of each process the last. A figure that is asked for later has a second's garbage in it. */
function heldIn(logs: string): Map<number, number> {
  const lines = logs.matchAll(/collected by (\d+), held (\d+)/g);
  return new Map([...lines].map(([, pid, bytes]) => [Number(pid), Number(bytes) / 1_048_576]));
}

/** Of the last two thirds: before that, caches fill and code is compiled. */
function growthsOf(looks: readonly Look[]) {
  const late = looks.slice(Math.floor(looks.length / 3));
  return (late[0]?.figures ?? []).map(({ process, pid }) => {
    const points = (of: (look: Look) => number | undefined) =>
      late.flatMap((look) => {
        const mb = of(look);
        return mb === undefined ? [] : [[look.hours, mb] as const];
      });
    const residentMb = (look: Look) => look.figures.find((one) => one.pid === pid)?.residentMb;
    const heap = slopeOf(points(({ heldMb }) => heldMb.get(pid)));
    const resident = slopeOf(points(residentMb));
    const last = late.at(-1);
    const isCounted = process !== WAREHOUSE;
    const isFlat = !isCounted || heap.perUnit - 2 * heap.error <= MOST_MB_AN_HOUR;
    const signed = ({ perUnit, error }: typeof heap) =>
      `${perUnit >= 0 ? '+' : ''}${perUnit.toFixed(1)} ± ${error.toFixed(1)} MB/h`;
    return {
      isFlat,
      row: {
        what: process,
        value: `held ${last?.heldMb.get(pid)?.toFixed(0)} MB, ${signed(heap)}; resident ${(last && residentMb(last))?.toFixed(0)} MB, ${signed(resident)}`,
        compared: isCounted
          ? `goal: held <= ${MOST_MB_AN_HOUR} MB/h ${isFlat ? 'reached' : 'missed'}`
          : 'not counted: it holds data',
      },
    };
  });
}

import type { Answer } from './request-probes';
import type { Sample } from './readiness-watch';

/** A service that is away says so within this. */
const TOLD_MS = 5_000;
/** All is as before within this. */
export const BACK_MS = 15_000;
/** Nobody waits longer for a refusal: a request waits in its stream for a service that is away, up to its deadline. */
const REFUSED_MS = 31_000;
/** Where the gateway itself is struck it knows. */
const REFUSED_AT_THE_DOOR_MS = 12_000;
/** Shorter gaps may go unseen: a request waits them out. */
const UNSEEN_MS = 5_000;
/** Ends the look at what is not struck: it may stumble while others come back. */
const PASSING = new Set([
  '503 UNAVAILABLE',
  '503 OUTCOME_UNKNOWN',
  '502 SNOWFLAKE_UNAVAILABLE',
  '503 OVERLOADED',
  '504 DEADLINE_EXCEEDED',
]);

/** An outage, and what was seen of it. Times in milliseconds since the epoch. */
export interface SeenOutage {
  beganMs: number;
  endedMs: number;
  /** The services that can't work meanwhile. */
  struck: readonly string[];
  samples: readonly Sample[];
  answers: readonly Answer[];
}

export interface OutageVerdict {
  /** What was not as it should be, in words; empty where all was. */
  faults: string[];
  /** The struck are ready and each sort of call was answered well since the end. */
  isBack: boolean;
  /** After how long the last of the struck said that it is not ready. */
  toldMs: number | undefined;
  /** How long after the end the last of them said so. */
  readyMs: number;
  /** How long after the end each sort of call had been answered well. */
  servedMs: number;
  /** The longest that anybody waited for a refusal. */
  refusedMs: number;
  /** What was answered in place of an answer, and how often. */
  heard: ReadonlyMap<string, number>;
}

/** Whether readiness told the truth at each moment, all came back in time, and what was refused meanwhile was refused rightly and soon. */
export function outageVerdict(seen: SeenOutage): OutageVerdict {
  const { beganMs, endedMs, struck, samples, answers } = seen;
  const faults: string[] = [];
  const isLong = endedMs - beganMs >= UNSEEN_MS;
  let [toldMs, readyMs]: [number | undefined, number] = [undefined, 0];
  for (const app of new Set(samples.map((sample) => sample.app))) {
    const own = samples.filter((sample) => sample.app === app && sample.atMs >= beganMs);
    const unready = own.filter(({ isReady }) => !isReady);
    if (!struck.includes(app)) {
      if (unready.length > 0) faults.push(`${app} says that it is not ready, ${unready.length} times`);
      continue;
    }
    const first = unready[0];
    if (first) toldMs = Math.max(toldMs ?? 0, first.atMs - beganMs);
    if (isLong && (!first || first.atMs - beganMs > TOLD_MS))
      faults.push(`${app} does not say in time that it is away`);
    const last = own.findLast(({ isReady, atMs }) => !isReady && atMs < endedMs);
    // From the last of these on it may have been back already: a server is told as started a little after it answers.
    const isLie = ({ isReady, atMs }: Sample) => isReady && first && last && atMs > first.atMs && atMs < last.atMs;
    const lies = own.filter(isLie).length;
    if (lies > 0) faults.push(`${app} says that it is ready while it is away, ${lies} times`);
    const ready = own.findLast(({ isReady }) => !isReady);
    const backMs = ready ? ready.atMs - endedMs : 0;
    readyMs = Math.max(readyMs, backMs);
    if (backMs > BACK_MS || own.at(-1)?.isReady === false) faults.push(`${app} is not ready again in time`);
  }
  const servedMs = servedAfter(endedMs, answers, faults);
  const refused = answers.filter(
    ({ status, beganMs: askedMs }) => (status === 0 || status >= 400) && askedMs >= beganMs,
  );
  const heard = countOf(refused.map(({ status, code }) => (status === 0 ? 'no answer' : `${status} ${code}`)));
  for (const what of heard.keys()) if (!PASSING.has(what)) faults.push(`heard: ${what}`);
  const slowest = refused.reduce<Answer | undefined>(
    (most, each) => (each.tookMs > (most?.tookMs ?? 0) ? each : most),
    undefined,
  );
  const refusedMs = slowest?.tookMs ?? 0;
  if (refusedMs > (struck.includes('gateway') ? REFUSED_AT_THE_DOOR_MS : REFUSED_MS))
    faults.push(`${slowest?.call} waited ${(refusedMs / 1000).toFixed(1)} s for a refusal`);
  const areReady = struck.every((app) => samples.findLast((sample) => sample.app === app)?.isReady);
  const isBack = areReady && Number.isFinite(servedMs);
  return { faults, isBack, toldMs, readyMs: Math.max(0, readyMs), servedMs, refusedMs, heard };
}

/** When the last sort of call was first answered well again. */
function servedAfter(endedMs: number, answers: readonly Answer[], faults: string[]): number {
  let last = 0;
  for (const call of new Set(answers.map((answer) => answer.call))) {
    const well = answers.filter((answer) => answer.call === call && answer.status > 0 && answer.status < 400);
    const first = well.find(({ beganMs, tookMs }) => beganMs + tookMs >= endedMs);
    const servedMs = first ? first.beganMs + first.tookMs - endedMs : Infinity;
    if (servedMs > BACK_MS) faults.push(`${call} is not answered in time afterwards`);
    last = Math.max(last, servedMs);
  }
  return last;
}

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

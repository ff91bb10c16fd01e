import type { ChaosRun } from './chaos-run';
import type { Effect } from './chaos-kinds';

/** How often each marker is found, by where effects are left. */
export type Found = Readonly<Record<Effect['at'], ReadonlyMap<string, number>>>;

/** Effects of one place, held against what their runs said of them. */
export interface EffectCount {
  /** Told as done. */
  done: number;
  lost: number;
  doubled: number;
  /** There although their run says that they were not done. */
  unasked: number;
  inDoubt: number;
  /** Of those in doubt: found. */
  inDoubtFound: number;
}

const isDoubtful = (one: ChaosRun, { node }: Effect) => one.run.nodes[node]?.error?.code === 'OUTCOME_UNKNOWN';

/** A run is right when it succeeded with the rows it should have, or says of one of its effects that nobody can tell. */
export function isRight(one: ChaosRun): boolean {
  const { kind, run } = one;
  if (run.status === 'failed') {
    return run.error?.code === 'OUTCOME_UNKNOWN' && kind.effects.some((effect) => isDoubtful(one, effect));
  }
  return run.status === 'succeeded' && (kind.rowCount === undefined || run.nodes['result']?.rowCount === kind.rowCount);
}

/** What became of the effects that are left at one place. */
export function countEffects(runs: readonly ChaosRun[], at: Effect['at'], found: Found): EffectCount {
  const count: EffectCount = { done: 0, lost: 0, doubled: 0, unasked: 0, inDoubt: 0, inDoubtFound: 0 };
  for (const one of runs) {
    for (const effect of one.kind.effects.filter((each) => each.at === at)) {
      for (const ending of effect.endings ?? ['']) {
        countOne(count, one, effect, found[at].get(one.marker + ending) ?? 0);
      }
    }
  }
  return count;
}

function countOne(count: EffectCount, one: ChaosRun, effect: Effect, times: number): void {
  const isThere = times > 0;
  if (times > 1) count.doubled += 1;
  if (isDoubtful(one, effect)) {
    count.inDoubt += 1;
    if (isThere) count.inDoubtFound += 1;
  } else if (one.run.nodes[effect.node]?.status === 'succeeded') {
    count.done += 1;
    if (!isThere) count.lost += 1;
  } else if (isThere) count.unasked += 1;
}

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
      const times = found[at].get(one.marker) ?? 0;
      const isDone = one.run.nodes[effect.node]?.status === 'succeeded';
      if (times > 1) count.doubled += 1;
      if (isDoubtful(one, effect)) {
        count.inDoubt += 1;
        if (times > 0) count.inDoubtFound += 1;
      } else if (isDone) {
        count.done += 1;
        if (times === 0) count.lost += 1;
      } else if (times > 0) count.unasked += 1;
    }
  }
  return count;
}

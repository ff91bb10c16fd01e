import type { ChaosRun } from './chaos-run';
import type { Run } from '../support/api-client';
import { type ChaosKind, type Effect, endOf } from './chaos-kinds';

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
  /** Of items beside one in doubt: their run says nothing of them. */
  untold: number;
}

const isDoubtful = (one: ChaosRun, { node }: Effect) => one.run.nodes[node]?.error?.code === 'OUTCOME_UNKNOWN';

/** A message that was under way when its run was cancelled; of a table's write Snowflake was asked, and a cancelled one was not applied. */
const isCutOff = ({ run }: ChaosRun, { node, at }: Effect) =>
  at === 'receiver' && run.nodes[node]?.status === 'cancelled' && run.nodes[node].startedAt !== null;

/** It failed at the node that should fail, as it should. */
const failedRightly = ({ fails }: ChaosKind, run: Run) =>
  run.status === 'failed' && (fails?.codes.includes(run.nodes[fails.node]?.error?.code ?? '') ?? false);

/**
 * A run is right when it ended as its kind should, with the rows it should have, or says of one of its effects that nobody can tell. One
 * that was tried again has to have failed rightly before.
 */
export function isRight(one: ChaosRun): boolean {
  const { kind, run, before } = one;
  const isInDoubt = run.status === 'failed' && kind.effects.some((effect) => isDoubtful(one, effect));
  if (before ? !failedRightly(kind, before) : kind.mended && !isInDoubt) return false;
  if (isInDoubt) return true;
  if (endOf(kind) === 'failed') return failedRightly(kind, run);
  return run.status === endOf(kind) && (kind.rowCount === undefined || run.nodes['result']?.rowCount === kind.rowCount);
}

/** What became of the effects that are left at one place. */
export function countEffects(runs: readonly ChaosRun[], at: Effect['at'], found: Found): EffectCount {
  const count: EffectCount = { done: 0, lost: 0, doubled: 0, unasked: 0, inDoubt: 0, inDoubtFound: 0, untold: 0 };
  for (const one of runs) {
    for (const effect of one.kind.effects.filter((each) => each.at === at)) {
      (effect.items?.endings ?? ['']).forEach((ending, index) => {
        countOne(count, toldOf(one, effect, index), found[at].get(one.marker + ending) ?? 0);
      });
    }
  }
  return count;
}

type Told = 'done' | 'not done' | 'in doubt' | 'untold';

/** What a run says of an effect. */
function toldOf(one: ChaosRun, effect: Effect, index: number): Told {
  const node = one.run.nodes[effect.node];
  if (isDoubtful(one, effect)) return effect.items ? toldOfItem(one, effect, index) : 'in doubt';
  if (isCutOff(one, effect)) return 'in doubt';
  return node?.status === 'succeeded' ? 'done' : 'not done';
}

/** A map in doubt says which item it failed with, and the run's statements how each item's write ended; of its webhooks nothing does. */
function toldOfItem({ run }: ChaosRun, { node, at, items }: Effect, index: number): Told {
  if (at === 'table') {
    const state = run.statements.find(({ step }) => step === `${node}/${index}/${items?.node}`)?.state;
    if (state === 'sent') return 'in doubt';
    return state === 'succeeded' ? 'done' : 'not done';
  }
  const failed = /^Item (\d+):/.exec(run.nodes[node]?.error?.message ?? '')?.[1];
  return failed === undefined || Number(failed) === index + 1 ? 'in doubt' : 'untold';
}

function countOne(count: EffectCount, told: Told, times: number): void {
  const isThere = times > 0;
  if (times > 1) count.doubled += 1;
  if (told === 'untold') count.untold += 1;
  else if (told === 'in doubt') {
    count.inDoubt += 1;
    if (isThere) count.inDoubtFound += 1;
  } else if (told === 'done') {
    count.done += 1;
    if (!isThere) count.lost += 1;
  } else if (isThere) count.unasked += 1;
}

import type { Run } from '../support/api-client';
import { chaosKinds } from './chaos-kinds';
import type { ChaosRun } from './chaos-run';
import { countEffects, isRight } from './verdict';

const kind = chaosKinds('http://receiver', 'wf_item').find(({ name }) => name === 'map of writes and webhooks');

/** A map that failed with its second item in doubt, whose writes ended so; none where one was never sent. */
function inDoubt(
  states: readonly (string | undefined)[],
  message = 'Item 2: In “Chaos: an item”, step “write”: …',
): ChaosRun {
  if (!kind) throw new Error('There is no such kind');
  const error = { code: 'OUTCOME_UNKNOWN', message };
  const run: Run = {
    id: 'run_1',
    status: 'failed',
    error,
    nodes: { each: { status: 'failed', startedAt: null, finishedAt: null, attempts: 1, error } },
    statements: states.flatMap((state, item) => (state === undefined ? [] : [{ step: `each/${item}/write`, state }])),
  };
  return { kind, marker: 'm', run, tookMs: 1 };
}
const count = (one: ChaosRun, at: 'table' | 'receiver', markers: readonly string[]) => {
  const there = new Map(markers.map((marker) => [marker, 1]));
  const nothing = new Map<string, number>();
  return countEffects([one], at, { table: nothing, receiver: nothing, [at]: there });
};
const none = { done: 0, lost: 0, doubled: 0, unasked: 0, inDoubt: 0, inDoubtFound: 0, untold: 0 };

describe('The verdict on a map in doubt', () => {
  it('sees the lost write of an item beside the one in doubt', () => {
    const one = inDoubt(['succeeded', 'sent', 'succeeded']);
    expect(isRight(one)).toBe(true);
    expect(count(one, 'table', ['m-1', 'm-2'])).toEqual({ ...none, done: 2, lost: 1, inDoubt: 1, inDoubtFound: 1 });
  });

  it('sees a write of an item that was never sent, or of which Snowflake said that it failed', () => {
    const one = inDoubt(['failed', 'sent', undefined]);
    expect(count(one, 'table', ['m-1', 'm-3'])).toEqual({ ...none, unasked: 2, inDoubt: 1 });
  });

  it('holds of the webhooks only that of the failed item for in doubt, and nothing against the others', () => {
    const one = inDoubt(['succeeded', 'succeeded', 'succeeded'], 'Item 2: In “Chaos: an item”, step “tell”: …');
    expect(count(one, 'receiver', ['m-2', 'm-3'])).toEqual({ ...none, inDoubt: 1, inDoubtFound: 1, untold: 2 });
  });

  it('holds all webhooks for in doubt where the run names no item', () => {
    expect(count(inDoubt([], 'Nobody can tell.'), 'receiver', [])).toEqual({ ...none, inDoubt: 3 });
  });
});

import type { NodeRun, Run } from '../support/api-client';
import { type ChaosKind, chaosKinds } from './chaos-kinds';
import type { ChaosRun } from './chaos-run';
import { countEffects, isRight } from './verdict';

const kinds = chaosKinds('http://receiver', 'wf_item', () => Promise.resolve());
const kindOf = (name: string): ChaosKind => {
  const found = kinds.find((kind) => kind.name === name);
  if (!found) throw new Error(`There is no kind ${name}`);
  return found;
};
const kind = kindOf('map of writes and webhooks');

/** A map that failed with its second item in doubt, whose writes ended so; none where one was never sent. */
function inDoubt(
  states: readonly (string | undefined)[],
  message = 'Item 2: In “Chaos: an item”, step “write”: …',
): ChaosRun {
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

describe('The verdict on runs that were stopped', () => {
  const node = (status: string, code?: string): NodeRun => ({
    status,
    startedAt: status === 'skipped' ? null : '2026-01-01T00:00:00Z',
    finishedAt: null,
    attempts: 1,
    ...(code === undefined ? {} : { error: { code } }),
  });
  const run = (status: string, nodes: Record<string, NodeRun>): Run => ({ id: 'run_1', status, nodes, statements: [] });
  const never = { ...node('cancelled'), startedAt: null };

  it('takes a cancelled one for right, holds what was under way for in doubt, and sees what was there though it never began', () => {
    const stopped = run('cancelled', { tell: node('cancelled'), write: never });
    const one: ChaosRun = { kind: kindOf('cancelled while it runs'), marker: 'm', run: stopped, tookMs: 1 };
    expect(isRight(one)).toBe(true);
    expect(count(one, 'receiver', ['m'])).toEqual({ ...none, inDoubt: 1, inDoubtFound: 1 });
    expect(count(one, 'table', ['m'])).toEqual({ ...none, unasked: 1 });
    expect(isRight({ ...one, run: run('succeeded', {}) })).toBe(false);
  });

  it('takes a write that is told as cancelled for not applied, although it had begun', () => {
    const stopped = run('cancelled', { tell: never, write: node('cancelled') });
    const one: ChaosRun = { kind: kindOf('cancelled while it runs'), marker: 'm', run: stopped, tookMs: 1 };
    expect(count(one, 'table', [])).toEqual(none);
    expect(count(one, 'table', ['m'])).toEqual({ ...none, unasked: 1 });
  });

  it('wants of a retried one that it failed where it should, and then succeeded', () => {
    const before = run('failed', { write: node('succeeded'), gate: node('failed', '100051') });
    const retried = run('succeeded', { write: node('succeeded'), gate: node('succeeded'), tell: node('succeeded') });
    const one: ChaosRun = { kind: kindOf('failed, then retried'), marker: 'm', run: retried, before, tookMs: 1 };
    expect(isRight(one)).toBe(true);
    expect(count(one, 'table', ['m'])).toEqual({ ...none, done: 1 });
    expect(isRight({ ...one, before: run('failed', { gate: node('failed', '000904') }) })).toBe(false);
    expect(isRight({ ...one, before: undefined })).toBe(false);
    expect(isRight({ ...one, run: before })).toBe(false);
  });

  it('wants of one with a time limit that it fails by it', () => {
    const nodes = { write: node('succeeded'), slow: node('failed', '000630'), tell: node('skipped') };
    const one: ChaosRun = { kind: kindOf('timed out'), marker: 'm', run: run('failed', nodes), tookMs: 1 };
    expect(isRight(one)).toBe(true);
    expect(count(one, 'receiver', [])).toEqual(none);
    expect(isRight({ ...one, run: run('failed', { slow: node('failed', 'INTERNAL') }) })).toBe(false);
    expect(isRight({ ...one, run: run('succeeded', {}) })).toBe(false);
  });
});

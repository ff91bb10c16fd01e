import type { ChaosRun } from '../chaos-run';
import { chaosKinds } from '../chaos-kinds';
import { type RollingOutcome, rollingVerdict } from './rolling-verdict';
import { Tally } from './tally';

const kind = chaosKinds('http://receiver', '', () => Promise.resolve()).find(({ name }) => name === 'write');
if (!kind) throw new Error('There is no kind that writes');
const node = { status: 'succeeded', startedAt: null, finishedAt: null, attempts: 1 };
const written: ChaosRun = {
  kind,
  marker: 'm',
  run: { id: 'run_1', status: 'succeeded', nodes: { write: node }, statements: [] },
  tookMs: 1,
};

function isGood(changes: Partial<RollingOutcome> = {}, failure?: string): boolean {
  const tally = new Tally();
  tally.note('list', 5, failure);
  const outcome: RollingOutcome = {
    tookMs: 1_000,
    tally,
    accepted: 1,
    ended: [written],
    lost: [],
    found: { table: new Map([['m', 1]]), receiver: new Map() },
    astray: { lost: 0, doubled: 0 },
    saves: 1,
    streams: { resumed: 1, outOfOrder: 0 },
    sentAgain: 1,
    restarts: [],
    ...changes,
  };
  return rollingVerdict(outcome).isGood;
}

describe('The verdict on a rolling restart', () => {
  it('is good where nobody noticed; a stream that was gone on with is no failure', () => {
    expect(isGood()).toBe(true);
  });

  it.each<[string, Partial<RollingOutcome>]>([
    ['a run that never ended', { ended: [], lost: ['write: run_1'] }],
    ['a run that nobody knows of', { accepted: 2 }],
    ['a run that failed', { ended: [{ ...written, run: { ...written.run, status: 'failed' } }] }],
    ['a lost write', { found: { table: new Map(), receiver: new Map() } }],
    ['a doubled write', { found: { table: new Map([['m', 2]]), receiver: new Map() } }],
    ['a lost draft', { astray: { lost: 1, doubled: 0 } }],
    ['a doubled draft', { astray: { lost: 0, doubled: 1 } }],
    ['an event that came twice', { streams: { resumed: 1, outOfOrder: 1 } }],
  ])('is bad with %s', (_what, changes) => {
    expect(isGood(changes)).toBe(false);
  });

  it('is bad with one failed request', () => {
    expect(isGood({}, 'ECONNRESET')).toBe(false);
  });
});

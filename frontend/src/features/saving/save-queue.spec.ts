import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { ApiError, UnreachableError } from '../../api/api-error';
import type { Saved } from '../../api/types';
import type { KeptDraft } from './kept-draft';
import { SaveQueue, type SaveState } from './save-queue';

const documentNamed = (name: string): WorkflowDocument => ({
  schemaVersion: 1,
  name,
  description: '',
  parameters: [],
  nodes: [],
  edges: [],
  notes: [],
  groups: [],
});

function setUp() {
  let drawn = documentNamed('first');
  const sent: { revision: number; name: string; keepalive: boolean }[] = [];
  const states: SaveState[] = [];
  const kept: (KeptDraft | undefined)[] = [];
  const answers: ((body: { revision: number; definition: WorkflowDocument }) => Promise<Saved>)[] = [];
  const merged: number[] = [];
  const queue = new SaveQueue('wf_1', 1, documentNamed('first'), {
    send: ({ revision, definition }, keepalive) => {
      sent.push({ revision, name: definition.name, keepalive });
      const answer = answers.shift();
      return answer
        ? answer({ revision, definition })
        : Promise.resolve({ id: 'wf_1', revision: revision + 1, savedAt: 'now' });
    },
    snapshot: () => drawn,
    keep: (draft) => kept.push(draft),
    mergeAlone: (revision, { theirs }) => {
      if (theirs.name !== 'elsewhere') return false;
      merged.push(revision);
      drawn = documentNamed('both');
      return true;
    },
    onState: (state) => states.push(state),
  });
  const draw = (name: string) => {
    drawn = documentNamed(name);
    queue.changed();
  };
  return { queue, draw, sent, states, kept, answers, merged };
}

const conflict = (revision: number, definition: WorkflowDocument) =>
  new ApiError(409, { code: 'REVISION_CONFLICT', current: { revision, definition } });

describe('SaveQueue', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('saves once, 800 ms after the last change', async () => {
    const { draw, sent, states, queue } = setUp();
    draw('a');
    await jest.advanceTimersByTimeAsync(700);
    draw('ab');
    await jest.advanceTimersByTimeAsync(799);
    expect(sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([{ revision: 1, name: 'ab', keepalive: false }]);
    expect(states).toEqual([{ kind: 'saved', at: 'now' }]);
    expect(queue.savedRevision).toBe(2);
  });

  it('has one save in flight; the next names the revision that the first became', async () => {
    const { draw, sent, answers, queue } = setUp();
    let arrive: (saved: Saved) => void = () => undefined;
    answers.push(() => new Promise((resolve) => (arrive = resolve)));
    draw('a');
    await jest.advanceTimersByTimeAsync(800);
    draw('b');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sent).toHaveLength(1);
    arrive({ id: 'wf_1', revision: 2, savedAt: 'now' });
    await jest.advanceTimersByTimeAsync(800);
    expect(sent.map(({ revision, name }) => [revision, name])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    expect(queue.hasUnsent).toBe(false);
  });

  it('says Saving only when a save takes longer than 400 ms', async () => {
    const { draw, states, answers } = setUp();
    answers.push(
      () => new Promise((resolve) => setTimeout(() => resolve({ id: 'wf_1', revision: 2, savedAt: 'now' }), 500)),
    );
    draw('a');
    await jest.advanceTimersByTimeAsync(1_199);
    expect(states).toEqual([]);
    await jest.advanceTimersByTimeAsync(101);
    expect(states.map(({ kind }) => kind)).toEqual(['saving', 'saved']);
  });

  it('keeps unsent work here while the server is away, and sends it when it is back', async () => {
    const { draw, states, kept, answers, sent } = setUp();
    answers.push(
      () => Promise.reject(new UnreachableError('down')),
      () => Promise.reject(new UnreachableError('down')),
    );
    draw('a');
    draw('b');
    await jest.advanceTimersByTimeAsync(800);
    expect(states).toEqual([{ kind: 'offline', changes: 2 }]);
    expect(kept.at(-1)).toMatchObject({ revision: 1, definition: { name: 'b' } });
    await jest.advanceTimersByTimeAsync(3_000);
    expect(sent).toHaveLength(3);
    expect(states.at(-1)).toEqual({ kind: 'saved', at: 'now' });
    expect(kept.at(-1)).toBeUndefined();
  });

  it('says that a busy server refused it, keeps it here, and sends it no sooner than that asks', async () => {
    const { draw, states, kept, answers, sent } = setUp();
    answers.push(() => Promise.reject(new ApiError(503, { code: 'OVERLOADED' }, 3)));
    draw('a');
    await jest.advanceTimersByTimeAsync(800);
    expect(states).toEqual([{ kind: 'busy', changes: 1 }]);
    expect(kept.at(-1)).toMatchObject({ revision: 1, definition: { name: 'a' } });
    await jest.advanceTimersByTimeAsync(2_900);
    expect(sent).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(100);
    expect(sent).toHaveLength(2);
    expect(states.at(-1)).toEqual({ kind: 'saved', at: 'now' });
  });

  it('stops at a conflict and overwrites nothing', async () => {
    const { draw, states, answers, sent, queue } = setUp();
    answers.push(() => Promise.reject(conflict(7, documentNamed('theirs'))));
    draw('mine');
    await jest.advanceTimersByTimeAsync(800);
    draw('mine again');
    await jest.advanceTimersByTimeAsync(10_000);
    const stale = { base: documentNamed('first'), theirs: documentNamed('theirs') };
    expect(states).toEqual([{ kind: 'conflict', revision: 7, stale }]);
    expect(sent).toHaveLength(1);
    expect(await queue.flush()).toBe(false);
  });

  it('goes on from the revision that a conflict was resolved on top of', async () => {
    const { draw, states, answers, sent, queue } = setUp();
    answers.push(() => Promise.reject(conflict(7, documentNamed('theirs'))));
    draw('mine');
    await jest.advanceTimersByTimeAsync(800);
    queue.resolve(7, documentNamed('theirs'));
    draw('both');
    await jest.advanceTimersByTimeAsync(800);
    expect(sent.at(-1)).toMatchObject({ revision: 7, name: 'both' });
    expect(states.at(-1)?.kind).toBe('saved');
    expect(queue.hasUnsent).toBe(false);
  });

  it('saves what merges by itself on top of the other change, and asks nobody', async () => {
    const { draw, states, answers, sent, merged, queue } = setUp();
    answers.push(() => Promise.reject(conflict(7, documentNamed('elsewhere'))));
    draw('mine');
    await jest.advanceTimersByTimeAsync(801);
    expect(merged).toEqual([7]);
    expect(sent.at(-1)).toMatchObject({ revision: 7, name: 'both' });
    expect(states.map(({ kind }) => kind)).toEqual(['saving', 'saved']);
    expect(queue.savedRevision).toBe(8);
  });

  it('merges nothing once the page is left: what is unsent is kept in this browser', async () => {
    const { draw, answers, merged, kept, queue } = setUp();
    answers.push(
      () => new Promise((_, refuse) => setTimeout(() => refuse(conflict(7, documentNamed('elsewhere'))), 500)),
    );
    draw('mine');
    await jest.advanceTimersByTimeAsync(900);
    queue.dispose();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(merged).toEqual([]);
    expect(kept.at(-1)).toMatchObject({ revision: 1, definition: { name: 'mine' } });
  });

  it('takes a conflict with its own words as the save whose answer was lost', async () => {
    const { draw, states, answers, queue } = setUp();
    answers.push(
      () => Promise.reject(new UnreachableError('cut')),
      ({ definition }) => Promise.reject(conflict(2, definition)),
    );
    draw('a');
    await jest.advanceTimersByTimeAsync(2_000);
    expect(states.at(-1)?.kind).toBe('saved');
    expect(queue.savedRevision).toBe(2);
  });

  it('says why a save was refused, and tries again when asked', async () => {
    const { draw, states, answers, queue } = setUp();
    answers.push(() => Promise.reject(new ApiError(422, { code: 'VALIDATION', detail: 'Too long' })));
    draw('a');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual([{ kind: 'failed', message: 'Too long' }]);
    expect(await queue.flush()).toBe(true);
    expect(states.at(-1)?.kind).toBe('saved');
  });

  it('sends at once, in a request that outlives the page, when the page goes', () => {
    const { draw, sent, kept, queue } = setUp();
    draw('a');
    queue.leave();
    expect(sent).toEqual([{ revision: 1, name: 'a', keepalive: true }]);
    expect(kept).toHaveLength(1);
    queue.leave();
    expect(sent).toHaveLength(1);
  });

  it('sends nothing more once somebody else has signed in, and keeps the draft here', async () => {
    const { queue, draw, sent, kept, answers } = setUp();
    answers.push(() => Promise.reject(new ApiError(401, { code: 'SESSION_ENDED' })));
    draw('unsent');
    await queue.flush();
    queue.park();
    draw('later');
    queue.leave();
    await queue.flush();
    expect(sent.map(({ name }) => name)).toEqual(['unsent']);
    expect(kept.at(-1)?.definition.name).toBe('unsent');
  });
});

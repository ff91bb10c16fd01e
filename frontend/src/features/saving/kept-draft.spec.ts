import { keepDraft, restoredDraft } from './kept-draft';

const named = (name: string) => ({
  schemaVersion: 1 as const,
  name,
  description: '',
  parameters: [],
  nodes: [],
  edges: [],
  notes: [],
  groups: [],
});

describe('a draft kept in this browser', () => {
  beforeEach(() => localStorage.clear());

  it('comes back on the revision it was based on', () => {
    keepDraft('t:demo', 'wf_1', { revision: 3, definition: named('mine') });
    expect(restoredDraft('t:demo', 'wf_1', { revision: 3, definition: named('old') })?.definition.name).toBe('mine');
  });
  it('comes back when the save that was on its way did arrive', () => {
    keepDraft('t:demo', 'wf_1', { revision: 3, definition: named('newest'), inFlight: named('newer') });
    expect(restoredDraft('t:demo', 'wf_1', { revision: 4, definition: named('newer') })).toMatchObject({
      definition: { name: 'newest' },
      stale: false,
    });
  });
  it('is kept where somebody else saved since, and said to be stale', () => {
    keepDraft('t:demo', 'wf_1', { revision: 3, definition: named('mine'), inFlight: named('mine') });
    expect(restoredDraft('t:demo', 'wf_1', { revision: 4, definition: named('theirs') })).toEqual({
      definition: named('mine'),
      revision: 3,
      stale: true,
    });
    expect(localStorage).toHaveLength(1);
  });
  it('is dropped where the server has it already', () => {
    keepDraft('t:demo', 'wf_1', { revision: 3, definition: named('mine') });
    expect(restoredDraft('t:demo', 'wf_1', { revision: 4, definition: named('mine') })).toBeUndefined();
    expect(localStorage).toHaveLength(0);
  });
  it('belongs to one person', () => {
    keepDraft('t:demo', 'wf_1', { revision: 3, definition: named('mine') });
    expect(restoredDraft('t:other', 'wf_1', { revision: 3, definition: named('old') })).toBeUndefined();
  });
  it('is not believed when it is broken', () => {
    localStorage.setItem('snowflow:draft:t:demo:wf_1', '{"revision":3,"definition":{"nodes":7}}');
    expect(restoredDraft('t:demo', 'wf_1', { revision: 3, definition: named('old') })).toBeUndefined();
  });
});

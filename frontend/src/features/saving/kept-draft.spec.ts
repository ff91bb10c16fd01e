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
    expect(restoredDraft('t:demo', 'wf_1', { revision: 3, definition: named('old') })?.name).toBe('mine');
  });
  it('comes back when the save that was on its way did arrive', () => {
    keepDraft('t:demo', 'wf_1', { revision: 3, definition: named('newest'), inFlight: named('newer') });
    expect(restoredDraft('t:demo', 'wf_1', { revision: 4, definition: named('newer') })?.name).toBe('newest');
  });
  it('is dropped where somebody else saved since', () => {
    keepDraft('t:demo', 'wf_1', { revision: 3, definition: named('mine'), inFlight: named('mine') });
    expect(restoredDraft('t:demo', 'wf_1', { revision: 4, definition: named('theirs') })).toBeUndefined();
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

import { newId } from './new-id';

describe('a new id', () => {
  it('is its prefix and 22 base-62 characters, and differs each time', () => {
    const ids = Array.from({ length: 1_000 }, () => newId('wf'));
    for (const id of ids) expect(id).toMatch(/^wf_[0-9A-Za-z]{22}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

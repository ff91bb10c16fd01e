import fc from 'fast-check';
import { newDataKey, openByDataKey, sealByDataKey } from './data-key';

describe('A data key', () => {
  const key = newDataKey();

  it('opens what it sealed for the same binding, and only for that', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (plaintext, binding, other) => {
        const sealed = sealByDataKey(key, plaintext, binding);
        expect(openByDataKey(key, sealed, binding)).toBe(plaintext);
        if (other !== binding) expect(() => openByDataKey(key, sealed, other)).toThrow(/unable to authenticate/);
      }),
      { numRuns: 50 },
    );
  });

  it('opens nothing of another key, and never seals alike twice', () => {
    const sealed = sealByDataKey(key, 'canary', 'b');
    expect(() => openByDataKey(newDataKey(), sealed, 'b')).toThrow(/unable to authenticate/);
    expect(sealByDataKey(key, 'canary', 'b')).not.toBe(sealed);
    expect(sealed).not.toContain('canary');
  });

  it('refuses a text that was changed anywhere', () => {
    const sealed = sealByDataKey(key, 'what was said', 'b');
    fc.assert(
      fc.property(fc.integer({ min: 3, max: sealed.length - 2 }), (at) => {
        const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
        expect(() => openByDataKey(key, changed, 'b')).toThrow(/unable to authenticate/);
      }),
      { numRuns: 50 },
    );
    for (const text of ['', 't1', 't1.', 'v1.AAAA', 't1.AAAA', `${sealed}.x`]) {
      expect(() => openByDataKey(key, text, 'b')).toThrow('Not a text sealed by a data key');
    }
  });
});

import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { KeyRing } from './key-ring';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

describe('A key ring', () => {
  const ring = new KeyRing(key('k1'));

  it('opens what it sealed for the same binding, and only for that', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (plaintext, binding, other) => {
        const sealed = ring.seal(plaintext, binding);
        expect(ring.open(sealed, binding)).toBe(plaintext);
        if (other !== binding) expect(() => ring.open(sealed, other)).toThrow(/unable to authenticate/);
      }),
      { numRuns: 50 },
    );
  });

  it('never seals alike twice, and shows nothing of the text', () => {
    const sealed = [ring.seal('canary', 'b'), ring.seal('canary', 'b')];
    expect(new Set(sealed).size).toBe(2);
    expect(sealed.join()).not.toContain('canary');
  });

  it('refuses a text that was changed anywhere', () => {
    const sealed = ring.seal('what was said', 'b');
    const body = sealed.lastIndexOf('.') + 1;
    fc.assert(
      fc.property(fc.integer({ min: body, max: sealed.length - 2 }), (at) => {
        const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
        expect(() => ring.open(changed, 'b')).toThrow(/unable to authenticate/);
      }),
      { numRuns: 50 },
    );
    for (const text of ['', 'v1', 'v1.k1', 'v2.k1.AAAA', 'v1.k1.AAAA', sealed.slice(0, -8)]) {
      expect(() => ring.open(text, 'b')).toThrow(/Not a sealed text|unable to authenticate/);
    }
  });

  it('opens older keys while it seals by the newest, and no longer what was sealed by a key that is gone', () => {
    const [older, newer] = [key('k1'), key('k2')];
    const before = new KeyRing(older);
    const rotated = new KeyRing(`${newer},${older}`);
    const sealed = before.seal('kept', 'b');
    expect(rotated.open(sealed, 'b')).toBe('kept');
    expect([rotated.isStale(sealed), rotated.isStale(rotated.seal('kept', 'b'))]).toEqual([true, false]);
    expect(() => new KeyRing(newer).open(sealed, 'b')).toThrow('not in the ring');
  });

  it.each([
    ['short keys', `k1:${randomBytes(16).toString('base64')}`],
    ['repeated ids', `${key('k1')},${key('k1')}`],
    ['no key', ''],
    ['ids that could break the format', key('k.1')],
  ])('does not start with %s', (_what, spec) => {
    expect(() => new KeyRing(spec)).toThrow('The key ring is not right');
  });
});

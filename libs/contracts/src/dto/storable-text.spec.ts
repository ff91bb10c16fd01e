import fc from 'fast-check';
import { isStorable } from './storable-text';

describe('A text that is kept as it is', () => {
  it('is every one that comes back from its bytes, but for NUL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, more) => {
        const whole = text + more;
        expect(isStorable(whole)).toBe(Buffer.from(whole).toString() === whole && !whole.includes('\0'));
      }),
    );
  });

  it.each(['\ud800', 'a\udc00b', '\udc00\ud800', 'a\0'])('is not %j', (text) => expect(isStorable(text)).toBe(false));
  it('is one with whole pairs', () => expect(isStorable('\ud83d\ude00')).toBe(true));
});

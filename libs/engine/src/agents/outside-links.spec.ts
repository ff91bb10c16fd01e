import fc from 'fast-check';
import { withoutOutsideLinks } from './outside-links';

describe('The addresses in an answer', () => {
  it.each([
    ['Nothing to see: 3/4 of 1.5 // no.', 'Nothing to see: 3/4 of 1.5 // no.'],
    ['[docs](https://docs.example/a?b=1)', '[docs](https://docs.example/a?b=1)'],
    ['[x](https://other.example/a)', '[x]([link removed: other.example])'],
    ['![logo](https://docs.example/l.png)', '[image: logo](https://docs.example/l.png)'],
    ['Mail mailto:a@b.c', 'Mail [link removed: address]'],
    ['a < b and c > d', 'a < b and c > d'],
  ])('%s', (text, left) => {
    expect(withoutOutsideLinks(text, ['docs.example']).value).toBe(left);
  });

  it('are taken out of every text of a value, its keys too', () => {
    const { value, hosts } = withoutOutsideLinks({ a: [{ 'https://k.example/1': '//v.example/2' }] }, []);
    expect(value).toEqual({ a: [{ '[link removed: k.example]': '[link removed: v.example]' }] });
    expect(hosts.toSorted()).toEqual(['k.example', 'v.example']);
  });

  it('never lead anywhere else, whatever stands around them', () => {
    const piece = fc.constantFrom(
      '!',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      'https:',
      'http:',
      '//',
      '\\',
      'x.example',
      '/',
      ' ',
      '@',
      'img src=',
      '&sol;',
      'a',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const { value } = withoutOutsideLinks(pieces.join(''), []);
        expect(String(value)).not.toMatch(/https?:\/\/[^\s<>\x22'`)\]}|]|\/\/x\.example|<\s*img/i);
      }),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { isParent, parentOrigin } from './parent-origin';

describe('An origin whose pages may embed', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com'],
    [' HTTPS://App.Example.com:443/ ', 'https://app.example.com'],
    ['https://*.example.com:8443', 'https://*.example.com:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:80', 'http://127.0.0.1'],
  ])('%s is kept as browsers spell it', (written, kept) => expect(parentOrigin(written)).toBe(kept));

  it.each([
    '',
    '*',
    'https://*',
    'https://*.com',
    'https://a.*.example.com',
    'https://localhost',
    'http://app.example.com',
    'https://app.example.com/path',
    'https://user@app.example.com',
    "https://app.example.com; script-src 'unsafe-inline'",
    'https://app.example.com:0',
    'https://app.example.com:70000',
    'http://localhost.example.com',
    'javascript:alert(1)',
  ])('%s is refused', (written) => expect(parentOrigin(written)).toBeUndefined());

  it('never brings anything into a policy but a scheme, a name and a port', () => {
    const pieces = fc.constantFrom(
      'https://',
      'http://localhost',
      '*.',
      'example',
      '.com',
      ':1',
      '/',
      ';',
      ' ',
      "'",
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (some) => {
        const origin = parentOrigin(some.join(''));
        if (origin !== undefined) {
          expect(origin).toMatch(/^https?:\/\/[a-z0-9.*-]+(:\d+)?$/);
          expect(parentOrigin(origin)).toBe(origin);
        }
      }),
    );
  });

  it('with a star stands for every name below it, and for no other', () => {
    const parents = ['https://*.example.com', 'http://localhost:3000'];
    expect(isParent(parents, 'https://a.b.example.com')).toBe(true);
    for (const other of [
      'https://example.com',
      'https://evilexample.com',
      'http://a.example.com',
      'http://localhost',
      'null',
    ]) {
      expect(isParent(parents, other)).toBe(false);
    }
  });
});

import * as fc from 'fast-check';
import { localPath } from './local-path';

describe('Where a sign-in leads', () => {
  it.each(['/workflows', '/workflows/wf_1?tab=runs#top', '/'])('%s is a place here', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'workflows',
    '//evil.example',
    '/\\evil.example',
    '/a\\..\\..//evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '/%0a/evil.example/../..//evil.example',
    '/./\n/evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
  ])('%j is the start page or stays here', (path) => {
    expect(new URL(localPath(path), 'https://ours.example').origin).toBe('https://ours.example');
  });

  it('is on this site whatever is asked for', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('/', '\\', '.', '@', ':', '%', '2', 'F', '5', 'C', '?', '#', 'a', '\t', ' '),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), hostile), (rest) => {
        const path = localPath(`/${rest}`);
        expect(new URL(path, 'https://ours.example').origin).toBe('https://ours.example');
        expect(path).toMatch(/^\/(?![/\\])/);
      }),
      { numRuns: 2_000 },
    );
  });
});

import { OriginPolicy } from './origin-policy';

const policy = new OriginPolicy(['http://localhost:5173', 'https://flows.example.com/']);
const permits = (headers: Record<string, string>, byCookie: boolean, method = 'POST') =>
  policy.permits({ method, headers, host: 'snowflow.test:3000' }, byCookie);

describe('Where a change may come from', () => {
  it('is our own pages and the origins an operator named', () => {
    for (const origin of ['http://snowflow.test:3000', 'http://localhost:5173', 'https://flows.example.com']) {
      expect([origin, permits({ origin }, true)]).toEqual([origin, true]);
    }
    expect(permits({ 'sec-fetch-site': 'same-origin' }, true)).toBe(true);
  });

  it('is no other page, even without a cookie', () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://snowflow.test',
      'http://snowflow.test:3000.evil.example',
    ]) {
      expect([origin, permits({ origin }, true)]).toEqual([origin, false]);
      expect([origin, permits({ origin }, false)]).toEqual([origin, false]);
    }
    for (const site of ['cross-site', 'same-site']) expect(permits({ 'sec-fetch-site': site }, true)).toBe(false);
  });

  it('must be shown by who speaks by cookie, and need not be by programs', () => {
    expect(permits({}, true)).toBe(false);
    expect(permits({}, false)).toBe(true);
  });

  it('does not matter where nothing changes', () => {
    expect(permits({ origin: 'https://evil.example' }, true, 'GET')).toBe(true);
  });
});

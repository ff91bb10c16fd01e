import fc from 'fast-check';
import { authorizePath, pendingNext, withNext } from './provider-redirect';
import { safePath } from './safe-path';

const ORIGIN = 'https://snowflow.example';

describe('The way to a provider and back', () => {
  beforeEach(() => sessionStorage.clear());

  it('names account, provider, role and the path to come back to', () => {
    expect(
      authorizePath({ account: 'acme-eu01', provider: 'external', role: 'R&D', next: '/workflows/wf_1?run=2' }),
    ).toBe(
      '/api/v1/auth/oauth/authorize?account=acme-eu01&provider=external&role=R%26D&next=%2Fworkflows%2Fwf_1%3Frun%3D2',
    );
  });
  it('takes from a refusal only the path of the gateway', () => {
    expect(withNext('/api/v1/auth/oauth/authorize?account=demo&role=SYSADMIN', '/workflows')).toBe(
      '/api/v1/auth/oauth/authorize?account=demo&role=SYSADMIN&next=%2Fworkflows',
    );
    for (const elsewhere of ['https://evil.example/', '//evil.example', '/api/v1/auth/oauth/authorizes?x', undefined]) {
      expect(withNext(elsewhere, '/workflows')).toBeUndefined();
    }
  });
  it('remembers where to go on for the next try', () => {
    expect(pendingNext.read()).toBe('/workflows');
    pendingNext.keep('/workflows/wf_1');
    expect(pendingNext.read()).toBe('/workflows/wf_1');
  });
  it('never leads to another site', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('//x', '/\\x', '/\t/x', 'javascript:x')),
        (next) => {
          expect(new URL(safePath(next), ORIGIN).origin).toBe(ORIGIN);
        },
      ),
    );
  });
});

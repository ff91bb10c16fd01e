import { firstTab, openTabs, tabOf } from './sign-in-methods';

const options = (...methods: string[]) => ({ account: 'acme-eu01', methods, hint: null });

describe('The tabs of the sign-in form', () => {
  it('are all there while the account is not known, beginning with the password', () => {
    expect(openTabs(undefined)).toEqual(['sso', 'key-pair', 'pat', 'password']);
    expect(firstTab(openTabs(undefined), undefined)).toBe('password');
  });
  it('are those that the account allows', () => {
    expect(openTabs(options('password', 'oauth-token'))).toEqual(['password']);
    expect(openTabs(options('external-oauth', 'key-pair'))).toEqual(['sso', 'key-pair']);
    expect(openTabs(options('container'))).toEqual(['sso']);
  });
  it('begin with single sign-on where the account offers it', () => {
    const offered = options('password', 'oauth');
    expect(firstTab(openTabs(offered), offered)).toBe('sso');
  });
  it('leave single sign-on open where no way is open yet, because there it is set up', () => {
    expect(openTabs(options())).toEqual(['sso']);
  });
  it('tell by which of them a session began', () => {
    expect([tabOf('external-oauth'), tabOf('pat'), tabOf('credential')]).toEqual(['sso', 'pat', undefined]);
  });
});

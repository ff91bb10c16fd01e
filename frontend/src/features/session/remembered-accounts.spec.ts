import { forgetAccount, rememberAccount, rememberedAccounts } from './remembered-accounts';

const at = (account: string, username = 'ADA') => ({ account, username, method: 'password' as const });

describe('Remembered accounts', () => {
  beforeEach(() => localStorage.clear());

  it('are the newest five, each once', () => {
    for (const account of ['a', 'b', 'c', 'd', 'e', 'f', 'c']) rememberAccount(at(account));
    expect(rememberedAccounts().map(({ account }) => account)).toEqual(['c', 'f', 'e', 'd', 'b']);
  });
  it('are forgotten one at a time', () => {
    rememberAccount(at('a'));
    rememberAccount(at('a', 'BOB'));
    expect(forgetAccount(at('a'))).toEqual([at('a', 'BOB')]);
    expect(rememberedAccounts()).toEqual([at('a', 'BOB')]);
  });
  it('hold names and nothing else', () => {
    const more = { ...at('a'), password: 'secret' };
    rememberAccount(more);
    expect(localStorage.getItem('snowflow:accounts')).toBe(JSON.stringify([at('a')]));
  });
  it('are none where the storage holds something else', () => {
    localStorage.setItem('snowflow:accounts', '[{"account":7}]');
    expect(rememberedAccounts()).toEqual([]);
    localStorage.setItem('snowflow:accounts', 'x');
    expect(rememberedAccounts()).toEqual([]);
  });
});

import { LOGIN_FAILURE_SENTENCES } from '@snowflow/contracts/errors/login-failure-sentences';
import { returnedGrant } from './returned-grant';

const back = (query: string) => returnedGrant(new URLSearchParams(query));

describe('what comes back from a provider to the stored credentials', () => {
  it('is nothing where nobody was there', () => {
    expect(back('')).toBeUndefined();
  });
  it('is that a grant was stored', () => {
    expect(back('stored')).toEqual({ stored: true });
  });
  it.each(['OAUTH_DENIED', 'OAUTH_OTHER_USER', 'OAUTH_NO_REFRESH_TOKEN'] as const)('says why for %s', (reason) => {
    expect(back(`error=OAUTH_FAILED&reason=${reason}`)).toEqual({
      stored: false,
      text: LOGIN_FAILURE_SENTENCES[reason],
    });
  });
  it('says what to do where only a code came', () => {
    expect(back('error=VALIDATION')).toMatchObject({ text: expect.stringContaining('another name') as string });
    expect(back('error=INTERNAL')).toMatchObject({ text: expect.stringContaining('Start again') as string });
  });
  it('repeats nothing of an address that somebody made up', () => {
    expect(JSON.stringify(back('error=<b>Call 555</b>&reason=Pay us'))).not.toMatch(/555|Pay/);
  });
});

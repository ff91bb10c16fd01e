import { LOGIN_FAILURES } from '@snowflow/contracts/errors/login-failure';
import { LOGIN_FAILURE_SENTENCES } from '@snowflow/contracts/errors/login-failure-sentences';
import { ApiError, UnreachableError } from '../../api/api-error';
import { returnedError } from './returned-error';
import { signInError } from './sign-in-error';

const refused = (reason: string) =>
  new ApiError(401, { code: 'SNOWFLAKE_LOGIN_FAILED', detail: `What the server says of ${reason}.`, reason });

describe('What a refused sign-in says', () => {
  it.each(LOGIN_FAILURES)('is what the server wrote for %s', (reason) => {
    expect(signInError(refused(reason), 'acme')).toMatchObject({
      title: 'Snowflake refused the sign-in.',
      text: `What the server says of ${reason}.`,
    });
  });
  it.each([
    ['WRONG_CREDENTIALS', 'password', undefined],
    ['MFA_REQUIRED', 'passcode', 'push'],
    ['PASSCODE_WRONG', 'passcode', undefined],
    ['PUSH_TIMEOUT', undefined, 'push'],
    ['KEY_ENCRYPTED', 'privateKeyPassphrase', undefined],
    ['PASSPHRASE_WRONG', 'privateKeyPassphrase', undefined],
    ['KEY_MISMATCH', 'privateKey', undefined],
    ['TOKEN_EXPIRED', 'token', undefined],
    ['ROLE_NOT_GRANTED', 'role', undefined],
    ['OAUTH_CLIENT_WRONG', undefined, 'setup'],
    ['USER_LOCKED', undefined, undefined],
  ])('for %s leads to the field %s and offers %s', (reason, field, offer) => {
    const { field: at, offer: offered } = signInError(refused(reason), 'acme');
    expect([at, offered]).toEqual([field, offer]);
  });
  it('names the account that does not answer, and its field', () => {
    const error = new ApiError(504, { code: 'SNOWFLAKE_UNREACHABLE', detail: 'Check the account.' });
    expect(signInError(error, 'acme')).toEqual({
      title: 'No account answers at acme.',
      text: 'Check the account.',
      field: 'account',
    });
  });
  it('tells an account without an address from one whose Snowflake, or whose provider, keeps silent', () => {
    const of = (reason: string) => {
      const error = new ApiError(504, { code: 'SNOWFLAKE_UNREACHABLE', detail: 'x', reason });
      const { title, field } = signInError(error, 'acme');
      return [title, field];
    };
    expect(of('ACCOUNT_UNKNOWN')).toEqual(['No account answers at acme.', 'account']);
    expect(of('NO_ANSWER')).toEqual(['Snowflake does not answer for acme.', undefined]);
    expect(of('PROVIDER_NO_ANSWER')).toEqual(['The sign-in provider does not answer.', undefined]);
  });
  it('says how long to wait after too many attempts', () => {
    const error = new ApiError(429, { code: 'THROTTLED', detail: 'Too many failed sign-ins.' }, 12);
    expect(signInError(error, 'acme').text).toBe('Too many failed sign-ins. Try again in 12 s.');
  });
  it('takes the field from what is not valid', () => {
    const errors = [{ path: 'account', message: 'This is no account identifier.' }];
    expect(signInError(new ApiError(422, { code: 'VALIDATION', errors }), 'x')).toMatchObject({
      text: 'This is no account identifier.',
      field: 'account',
    });
  });
  it('does not blame Snowflake where SnowFlow itself does not answer', () => {
    expect(signInError(new UnreachableError('down'), 'acme').title).toBe('SnowFlow cannot reach its server.');
  });
});

describe('What a sign-in through redirects brings back', () => {
  const back = (query: string) => returnedError(new URLSearchParams(query));

  it('is nothing where there was no error', () => {
    expect(back('next=/workflows')).toBeUndefined();
  });
  it.each(LOGIN_FAILURES)('is a sentence for %s', (reason) => {
    expect(back(`error=OAUTH_FAILED&reason=${reason}&account=acme`)?.text).toBe(LOGIN_FAILURE_SENTENCES[reason]);
  });
  it('leads to the set-up where there is no client', () => {
    expect(back('error=OAUTH_NOT_SET_UP&account=acme')).toMatchObject({ offer: 'setup' });
  });
  it('repeats nothing that somebody else wrote into the address', () => {
    const forged = back('error=<b>Call 555</b>&reason=Pay us');
    expect(JSON.stringify(forged)).not.toMatch(/555|Pay/);
    expect(forged?.title).toBe('The sign-in did not work.');
  });
});

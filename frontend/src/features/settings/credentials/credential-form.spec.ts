import { credentialFields, grantOf, kindName, secretOf } from './credential-form';

describe('what a person fills in to store a credential', () => {
  const filled = { name: ' Nightly ', kind: 'key-pair' as const, secret: ' pem\n', passphrase: '', role: '' };

  it('is sent without the space around it, and without an empty passphrase', () => {
    const values = credentialFields.parse(filled);
    expect(values.name).toBe('Nightly');
    expect(secretOf({ ...values, kind: 'key-pair' })).toEqual({ secret: 'pem' });
  });
  it('keeps a passphrase as it was typed, of a key only', () => {
    const typed = { ...filled, secret: 'x', passphrase: ' two words ' };
    expect(secretOf(typed)).toEqual({ secret: 'x', passphrase: ' two words ' });
    expect(secretOf({ ...typed, kind: 'pat' })).toEqual({ secret: 'x' });
  });
  it('needs a name and a secret', () => {
    const { error } = credentialFields.safeParse({ ...filled, name: '  ', secret: '' });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(expect.arrayContaining(['name', 'secret']));
  });
  it('needs no secret where a provider gives it, and names a role only where one was chosen', () => {
    const values = credentialFields.parse({ ...filled, kind: 'oauth', secret: '' });
    expect(grantOf('oauth', values)).toEqual({ name: 'Nightly', provider: 'snowflake' });
    expect(grantOf('external-oauth', { ...values, role: 'ANALYST' })).toEqual({
      name: 'Nightly',
      provider: 'external',
      role: 'ANALYST',
    });
  });
  it('is called by its kind, an OAuth grant by its provider', () => {
    expect(kindName({ kind: 'pat', provider: null })).toBe('Programmatic access token');
    expect(kindName({ kind: 'oauth', provider: 'snowflake' })).toBe('Snowflake OAuth');
    expect(kindName({ kind: 'oauth', provider: 'external' })).toBe('External OAuth');
  });
});

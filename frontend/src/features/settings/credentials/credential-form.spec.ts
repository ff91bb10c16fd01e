import { credentialFields, secretOf } from './credential-form';

describe('what a person fills in to store a credential', () => {
  const filled = { name: ' Nightly ', kind: 'key-pair' as const, secret: ' pem\n', passphrase: '' };

  it('is sent without the space around it, and without an empty passphrase', () => {
    const values = credentialFields.parse(filled);
    expect(values.name).toBe('Nightly');
    expect(secretOf(values)).toEqual({ secret: 'pem' });
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
});

import { useState, type ChangeEvent } from 'react';
import type { Authenticator } from '../../api/types';
import { TextField } from '../../components/TextField';

/** What each sign-in method asks for. Names and autocomplete let password managers fill and save. */
export function MethodFields({ method }: { method: Authenticator }) {
  const [key, setKey] = useState('');

  async function readKey(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (file) setKey(await file.text());
  }

  return (
    <>
      <TextField
        label="User name"
        name="username"
        mono
        required
        maxLength={255}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      {method === 'password' && (
        <>
          <TextField
            label="Password"
            name="password"
            type="password"
            required
            maxLength={1024}
            autoComplete="current-password"
          />
          <TextField
            label="Passcode"
            note="6 digits from your authenticator, if asked"
            name="passcode"
            mono
            inputMode="numeric"
            maxLength={32}
            autoComplete="one-time-code"
          />
        </>
      )}
      {method === 'key-pair' && (
        <>
          <div className="field">
            <label htmlFor="private-key">Private key</label>
            <textarea
              id="private-key"
              name="privateKey"
              className="control mono sign-in-key"
              required
              rows={4}
              value={key}
              onChange={(event) => setKey(event.target.value)}
              placeholder="-----BEGIN PRIVATE KEY-----"
              autoComplete="off"
              spellCheck={false}
            />
            <p className="field-hint">
              Paste the PEM, or{' '}
              <label className="sign-in-file">
                choose a file
                <input type="file" accept=".p8,.pem,.key" className="visually-hidden" onChange={readKey} />
              </label>
              . It is used for this session and not stored in the browser.
            </p>
          </div>
          <TextField
            label="Passphrase"
            note="if the key has one"
            name="privateKeyPassphrase"
            type="password"
            maxLength={1024}
            autoComplete="off"
          />
        </>
      )}
      {method === 'pat' && (
        <TextField
          label="Programmatic access token"
          name="token"
          type="password"
          required
          maxLength={20_000}
          autoComplete="off"
          hint="Made in Snowflake under your profile, Settings, Authentication."
        />
      )}
    </>
  );
}

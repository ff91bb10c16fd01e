import { useId, type ChangeEvent } from 'react';
import type { FieldValues, Path, PathValue, UseFormReturn } from 'react-hook-form';
import { TextField } from '../../../components/TextField';
import type { PastedKind, SecretValues } from './credential-form';

const LONGEST = 20_000;

type Pasted = FieldValues & Pick<SecretValues, 'secret' | 'passphrase'>;

interface SecretFieldsProps<Values extends Pasted> {
  form: UseFormReturn<Values>;
  kind: PastedKind;
}

/** Where a key or token is pasted. Neither the browser's suggestions nor its spell check gets to see it. */
export function SecretFields<Values extends Pasted>({ form, kind }: SecretFieldsProps<Values>) {
  const id = useId();
  const secret = 'secret' as Path<Values>;
  const passphrase = 'passphrase' as Path<Values>;
  const error = form.getFieldState(secret, form.formState).error?.message;

  async function readFile(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    // The same file can be chosen again after it was changed.
    event.target.value = '';
    if (!file) return;
    if (file.size > LONGEST) form.setError(secret, { message: `${file.name} is too large for a private key.` });
    else form.setValue(secret, (await file.text()) as PathValue<Values, typeof secret>, { shouldValidate: true });
  }

  if (kind === 'pat') {
    return (
      <TextField
        key="pat"
        label="Token"
        type="password"
        autoComplete="off"
        spellCheck={false}
        hint="Made in Snowflake under your profile, Settings, Authentication."
        error={error}
        {...form.register(secret)}
      />
    );
  }
  return (
    <>
      <div className="field">
        <label htmlFor={id}>Private key</label>
        <textarea
          id={id}
          className="control mono settings-secret"
          rows={4}
          placeholder="-----BEGIN PRIVATE KEY-----"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-hint`}
          {...form.register(secret)}
        />
        <p id={`${id}-hint`} className={error ? 'field-error' : 'field-hint'}>
          {error ?? 'PKCS#8 PEM. Its public key must be set for your user in Snowflake.'}{' '}
          <label className="settings-file">
            Choose a file
            <input
              type="file"
              accept=".p8,.pem,.key"
              className="visually-hidden"
              onChange={(event) => void readFile(event)}
            />
          </label>
        </p>
      </div>
      <TextField
        label="Passphrase"
        note="if the key has one"
        type="password"
        autoComplete="off"
        error={form.getFieldState(passphrase, form.formState).error?.message}
        {...form.register(passphrase)}
      />
    </>
  );
}

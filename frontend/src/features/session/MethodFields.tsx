import { TextField } from '../../components/TextField';
import { PrivateKeyField } from './PrivateKeyField';
import type { MethodTab } from './sign-in-methods';
import type { SignInField } from './sign-in-error';

interface MethodFieldsProps {
  method: Exclude<MethodTab, 'sso'>;
  username: string;
  onUsername: (name: string) => void;
  /** The field that the last refusal was about, and the element that says why. */
  fault: SignInField | undefined;
  faultId: string;
}

/** What each sign-in method asks for. Names and autocomplete let password managers fill and save. */
export function MethodFields({ method, username, onUsername, fault, faultId }: MethodFieldsProps) {
  const faulty = (field: SignInField) =>
    fault === field ? { 'aria-invalid': true, 'aria-describedby': faultId } : undefined;
  return (
    <>
      <TextField
        label="User name"
        note={method === 'pat' ? 'if the token is bound to one' : ''}
        name="username"
        mono
        required={method !== 'pat'}
        maxLength={255}
        value={username}
        onChange={(event) => onUsername(event.target.value)}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        {...faulty('username')}
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
            {...faulty('password')}
          />
          <TextField
            label="Passcode"
            note="6 digits from your authenticator, if asked"
            name="passcode"
            mono
            inputMode="numeric"
            maxLength={32}
            autoComplete="one-time-code"
            {...faulty('passcode')}
          />
        </>
      )}
      {method === 'key-pair' && (
        <>
          <PrivateKeyField
            invalid={fault === 'privateKey'}
            describedBy={fault === 'privateKey' ? faultId : undefined}
          />
          <TextField
            label="Passphrase"
            note="if the key has one"
            name="privateKeyPassphrase"
            type="password"
            maxLength={1024}
            autoComplete="off"
            {...faulty('privateKeyPassphrase')}
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
          {...faulty('token')}
        />
      )}
    </>
  );
}

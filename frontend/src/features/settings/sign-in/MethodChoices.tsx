import { useId } from 'react';
import { useFormContext } from 'react-hook-form';
import { METHOD_NAMES } from '../names';
import type { SettingsValues } from './settings-form';

const METHODS = [
  { id: 'oauth', hint: 'At Snowflake itself, with whatever it asks for. Needs a client below.' },
  { id: 'external-oauth', hint: 'At your identity provider, if Snowflake trusts it. Needs a client below.' },
  { id: 'key-pair', hint: 'With the private key of a user.' },
  { id: 'pat', hint: 'With a token that a user made in Snowflake.' },
  { id: 'password', hint: 'With a passcode or a pushed request where Snowflake asks for MFA.' },
  { id: 'oauth-token', hint: 'For programs that got an access token elsewhere.' },
  { id: 'container', hint: 'Only where SnowFlow runs inside Snowflake.' },
] as const;

/** The ways by which members may sign in. */
export function MethodChoices() {
  const id = useId();
  const { register, formState } = useFormContext<SettingsValues>();
  const error = formState.errors.methods?.message;
  return (
    <fieldset className="field" aria-describedby={`${id}-hint`}>
      <legend>Ways to sign in</legend>
      <div className="method-choices">
        {METHODS.map(({ id: method, hint }) => (
          <div key={method} className="method-choice">
            <input
              type="checkbox"
              id={`${id}-${method}`}
              value={method}
              aria-describedby={`${id}-${method}-hint`}
              {...register('methods')}
            />
            <label htmlFor={`${id}-${method}`}>{METHOD_NAMES[method]}</label>
            <span id={`${id}-${method}-hint`} className="field-hint">
              {hint}
            </span>
          </div>
        ))}
      </div>
      <p id={`${id}-hint`} className={error ? 'field-error' : 'field-hint'} role={error ? 'alert' : undefined}>
        {error ?? 'Holds from the next sign-in on. Stored credentials of a kind that is not allowed stop working.'}
      </p>
    </fieldset>
  );
}

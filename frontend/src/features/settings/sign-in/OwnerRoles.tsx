import { useId } from 'react';
import { useFormContext } from 'react-hook-form';
import type { SettingsValues } from './settings-form';

/** Which Snowflake roles make an owner. Only owners decide that. */
export function OwnerRoles({ isOwner }: { isOwner: boolean }) {
  const id = useId();
  const { register, formState } = useFormContext<SettingsValues>();
  const error = formState.errors.ownerRoles?.message;
  return (
    <div className="field">
      <label htmlFor={id}>
        Owner roles <span className="field-note">one a line</span>
      </label>
      <textarea
        id={id}
        className="control mono"
        rows={3}
        spellCheck={false}
        readOnly={!isOwner}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-hint`}
        {...register('ownerRoles')}
      />
      <p id={`${id}-hint`} className={error ? 'field-error' : 'field-hint'}>
        {error ??
          (isOwner
            ? 'Who holds one of these in Snowflake owns the tenant here.'
            : 'Only owners can change these roles.')}
      </p>
    </div>
  );
}

import { Plus, X } from 'lucide-react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { TextField } from '../../../components/TextField';
import { ROLE_NAMES } from '../names';
import { SelectField } from '../SelectField';
import type { SettingsValues } from './settings-form';

const MOST_RULES = 50;

/** Who joins without an invitation. */
export function JoinRules() {
  const { control, register, formState } = useFormContext<SettingsValues>();
  const { fields, append, remove } = useFieldArray({ control, name: 'autoJoin' });
  return (
    <fieldset className="field">
      <legend>Who joins without an invitation</legend>
      <p className="field-hint">
        The first rule that fits decides. PUBLIC fits everybody of the account. Without a rule only the invited join.
      </p>
      {fields.map(({ id }, index) => (
        <div key={id} className="join-rule">
          <TextField
            label={<>Holders of {index > 0 && <span className="visually-hidden">(rule {index + 1})</span>}</>}
            mono
            placeholder="ANALYST"
            autoComplete="off"
            spellCheck={false}
            error={formState.errors.autoJoin?.[index]?.snowflakeRole?.message}
            {...register(`autoJoin.${index}.snowflakeRole`)}
          />
          <SelectField label="join as" {...register(`autoJoin.${index}.appRole`)}>
            <option value="builder">{ROLE_NAMES.builder}</option>
            <option value="viewer">{ROLE_NAMES.viewer}</option>
          </SelectField>
          <Button look="ghost" iconOnly={`Remove rule ${index + 1}`} onClick={() => remove(index)}>
            <X size={16} aria-hidden />
          </Button>
        </div>
      ))}
      <div className="settings-actions">
        <Button
          look="dash"
          size="sm"
          unavailable={fields.length >= MOST_RULES ? `There are ${MOST_RULES} rules at most` : undefined}
          onClick={() => append({ snowflakeRole: '', appRole: 'builder' })}
        >
          <Plus size={14} aria-hidden /> Add rule
        </Button>
      </div>
    </fieldset>
  );
}

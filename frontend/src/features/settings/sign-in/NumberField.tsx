import { useFormContext, type Path } from 'react-hook-form';
import { TextField } from '../../../components/TextField';
import type { SettingsValues } from './settings-form';

interface NumberFieldProps {
  name: Path<SettingsValues>;
  label: string;
  /** As `minutes`. */
  unit?: string;
  hint: string;
  /** Left empty it is the installation's. */
  optional?: boolean;
}

/** A number of the settings. */
export function NumberField({ name, label, unit, hint, optional = false }: NumberFieldProps) {
  const { register, getFieldState, formState } = useFormContext<SettingsValues>();
  const note = optional ? [unit, 'optional'].filter(Boolean).join(', ') : unit;
  return (
    <TextField
      label={label}
      {...(note === undefined ? {} : { note })}
      hint={hint}
      type="number"
      step="any"
      inputMode="decimal"
      error={getFieldState(name, formState).error?.message}
      {...register(name, optional ? { setValueAs: numberOrNull } : { valueAsNumber: true })}
    />
  );
}

function numberOrNull(text: unknown): number | null {
  return text === '' || text === null ? null : Number(text);
}

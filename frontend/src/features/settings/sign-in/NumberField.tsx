import { useFormContext, type Path } from 'react-hook-form';
import { TextField } from '../../../components/TextField';
import type { SettingsValues } from './settings-form';

interface NumberFieldProps {
  name: Path<SettingsValues>;
  label: string;
  /** As `minutes`. */
  unit?: string;
  hint: string;
}

/** A number of the settings. */
export function NumberField({ name, label, unit, hint }: NumberFieldProps) {
  const { register, getFieldState, formState } = useFormContext<SettingsValues>();
  return (
    <TextField
      label={label}
      {...(unit === undefined ? {} : { note: unit })}
      hint={hint}
      type="number"
      step="any"
      inputMode="decimal"
      error={getFieldState(name, formState).error?.message}
      {...register(name, { valueAsNumber: true })}
    />
  );
}

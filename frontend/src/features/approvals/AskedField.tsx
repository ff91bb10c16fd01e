import type { UseFormRegisterReturn } from 'react-hook-form';
import type { ApprovalField } from '../../api/approvals';
import { TextField } from '../../components/TextField';
import { SelectField } from '../settings/SelectField';

interface AskedFieldProps {
  field: ApprovalField;
  error: string | undefined;
  register: UseFormRegisterReturn;
}

/** One thing an approver is asked for, by its type. */
export function AskedField({ field: { label, type, required }, error, register }: AskedFieldProps) {
  if (type === 'boolean') {
    return (
      <SelectField label={required ? label : `${label} (optional)`} error={error} {...register}>
        <option value="">Choose</option>
        <option value="true">Yes</option>
        <option value="false">No</option>
      </SelectField>
    );
  }
  return (
    <TextField
      label={label}
      {...(required ? {} : { note: '(optional)' })}
      type={type === 'date' ? 'date' : 'text'}
      inputMode={type === 'number' ? 'decimal' : undefined}
      autoComplete="off"
      error={error}
      {...register}
    />
  );
}

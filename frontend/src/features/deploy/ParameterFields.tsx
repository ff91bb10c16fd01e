import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import type { UseFormReturn } from 'react-hook-form';
import { TextField } from '../../components/TextField';
import { SelectField } from '../settings/SelectField';
import type { DeployValues } from './deploy-form';

const HINTS = {
  string: undefined,
  number: 'A number',
  boolean: undefined,
  date: 'YYYY-MM-DD',
  timestamp: 'YYYY-MM-DDTHH:MM:SS',
} as const;

interface ParameterFieldsProps {
  form: UseFormReturn<DeployValues>;
  parameters: readonly WorkflowParameter[];
}

/** A value for each parameter; of a procedure, the default of each argument. */
export function ParameterFields({ form, parameters }: ParameterFieldsProps) {
  const isProcedure = form.watch('target') === 'procedure';
  const { errors } = form.formState;
  if (parameters.length === 0) return null;
  return (
    <fieldset className="field deploy-grid">
      <legend>{isProcedure ? 'Defaults of the arguments' : 'Values of the parameters'}</legend>
      {parameters.map(({ name, type, default: own }) => {
        const error = errors.parameters?.[name]?.message;
        const field = form.register(`parameters.${name}`);
        if (type === 'boolean') {
          return (
            <SelectField key={name} label={name} error={error} {...field}>
              <option value="">{own === undefined ? 'Choose' : `Default: ${String(own)}`}</option>
              <option value="true">true</option>
              <option value="false">false</option>
            </SelectField>
          );
        }
        const placeholder = own === undefined ? (isProcedure ? 'Given by the caller' : '') : String(own);
        return (
          <TextField key={name} label={name} hint={HINTS[type]} placeholder={placeholder} error={error} {...field} />
        );
      })}
    </fieldset>
  );
}

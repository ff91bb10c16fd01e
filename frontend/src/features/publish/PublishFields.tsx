import { useWatch, type UseFormReturn } from 'react-hook-form';
import type { Credential } from '../../api/credentials';
import type { Me } from '../../api/types';
import { TextField } from '../../components/TextField';
import { SelectField } from '../settings/SelectField';
import { RightFields, type RightValues } from '../unattended/RightFields';
import { useChosenRevision } from '../unattended/use-wanted-right';
import { REVISION, type PublishValues } from './publish-form';

interface PublishFieldsProps {
  workflowId: string;
  form: UseFormReturn<PublishValues>;
  me: Me;
  credentials: readonly Credential[];
}

/** What is published and as whom. */
export function PublishFields({ workflowId, form, me, credentials }: PublishFieldsProps) {
  const { register, setValue } = form;
  const { errors } = form.formState;
  const [revision, credentialId, role, warehouse] = useWatch({
    control: form.control,
    name: ['revision', 'credentialId', 'role', 'warehouse'],
  });
  const chosen = useChosenRevision(workflowId, REVISION.test(revision) ? Number(revision) : null).data;
  const set = (change: Partial<RightValues>) => {
    for (const [name, value] of Object.entries(change)) {
      setValue(name as keyof RightValues, value, { shouldValidate: form.formState.isSubmitted });
    }
  };
  return (
    <>
      <div className="deploy-grid">
        <TextField label="Slug" mono autoComplete="off" error={errors.slug?.message} {...register('slug')} />
        <TextField
          label="Revision"
          inputMode="numeric"
          hint="Calls run it until you publish another."
          error={errors.revision?.message}
          {...register('revision')}
        />
        <SelectField label="Answer" {...register('mode')}>
          <option value="sync">When the run has ended</option>
          <option value="async">At once, to be asked later</option>
        </SelectField>
        <TextField
          label="Calls a minute"
          note="(all keys)"
          inputMode="numeric"
          placeholder="No limit"
          error={errors.callsPerMinute?.message}
          {...register('callsPerMinute')}
        />
        <TextField
          label="Calls a day"
          note="(all keys)"
          inputMode="numeric"
          placeholder="No limit"
          error={errors.callsPerDay?.message}
          {...register('callsPerDay')}
        />
      </div>
      <RightFields
        values={{ credentialId, role, warehouse }}
        onChange={set}
        errors={{
          credentialId: errors.credentialId?.message,
          role: errors.role?.message,
          warehouse: errors.warehouse?.message,
        }}
        work={chosen && { workflowId, revisionHash: chosen.hash }}
        me={me}
        credentials={credentials}
      />
      <label className="deploy-check">
        <input type="checkbox" {...register('enabled')} /> Take calls
      </label>
    </>
  );
}

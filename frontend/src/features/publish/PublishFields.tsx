import type { UseFormReturn } from 'react-hook-form';
import type { Credential } from '../../api/credentials';
import type { Me } from '../../api/types';
import { TextField } from '../../components/TextField';
import { SelectField } from '../settings/SelectField';
import type { PublishValues } from './publish-form';

interface PublishFieldsProps {
  form: UseFormReturn<PublishValues>;
  me: Me;
  credentials: readonly Credential[];
}

export function PublishFields({ form, me, credentials }: PublishFieldsProps) {
  const { register, getValues } = form;
  const { errors } = form.formState;
  const roles = [...new Set([...me.roles, getValues('role')])].filter(Boolean);
  const warehouses = [...new Set([...me.warehouses, getValues('warehouse')])].filter(Boolean);
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
        <SelectField label="Credential" error={errors.credentialId?.message} {...register('credentialId')}>
          <option value="">Choose…</option>
          {credentials.map(({ id, name, username, state }) => (
            <option key={id} value={id}>
              {`${name} (${username})${state === 'suspended' ? ', suspended' : ''}`}
            </option>
          ))}
        </SelectField>
        <SelectField label="Role" error={errors.role?.message} {...register('role')}>
          {roles.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </SelectField>
        <SelectField label="Warehouse" error={errors.warehouse?.message} {...register('warehouse')}>
          <option value="">None</option>
          {warehouses.map((warehouse) => (
            <option key={warehouse}>{warehouse}</option>
          ))}
        </SelectField>
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
      <label className="deploy-check">
        <input type="checkbox" {...register('enabled')} /> Take calls
      </label>
    </>
  );
}

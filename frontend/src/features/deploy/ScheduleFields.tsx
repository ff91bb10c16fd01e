import type { UseFormReturn } from 'react-hook-form';
import { TextField } from '../../components/TextField';
import { SelectField } from '../settings/SelectField';
import type { DeployValues } from './deploy-form';

/** When tasks start, and on which warehouse. */
export function ScheduleFields({
  form,
  warehouses,
}: {
  form: UseFormReturn<DeployValues>;
  warehouses: readonly string[];
}) {
  const when = form.watch('when');
  const { errors } = form.formState;
  return (
    <div className="deploy-grid">
      <SelectField label="Starts" {...form.register('when')}>
        <option value="cron">At times (cron)</option>
        <option value="every">Every so many minutes</option>
      </SelectField>
      <SelectField label="Warehouse" error={errors.warehouse?.message} {...form.register('warehouse')}>
        <option value="">Choose</option>
        {warehouses.map((warehouse) => (
          <option key={warehouse}>{warehouse}</option>
        ))}
      </SelectField>
      {when === 'cron' ? (
        <>
          <TextField
            label="Cron"
            mono
            hint="Minute, hour, day of month, month, day of week"
            error={errors.cron?.message}
            {...form.register('cron')}
          />
          <TextField label="Time zone" mono error={errors.timezone?.message} {...form.register('timezone')} />
        </>
      ) : (
        <TextField
          label="Minutes between two runs"
          inputMode="numeric"
          error={errors.everyMinutes?.message}
          {...form.register('everyMinutes')}
        />
      )}
    </div>
  );
}

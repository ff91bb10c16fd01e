import { ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { TextField } from '../../components/TextField';
import { useBuilder } from '../../store/builder-store';
import { SelectField } from '../settings/SelectField';
import { TARGET_NAMES, TARGETS, type DeployValues } from './deploy-form';
import '../../components/Segmented.css';

/** What to make and what it is called. */
export function DeployFields({ form }: { form: UseFormReturn<DeployValues> }) {
  const target = form.watch('target');
  const label = useId();
  const { errors } = form.formState;
  return (
    <>
      <div className="field">
        <span className="field-label" id={label}>
          Deploy as
        </span>
        <Controller
          control={form.control}
          name="target"
          render={({ field: { value, onChange, ref } }) => (
            <ToggleGroup.Root
              type="single"
              className="segmented"
              aria-labelledby={label}
              ref={ref}
              value={value}
              onValueChange={(next) => next && onChange(next)}
            >
              {TARGETS.map((each) => (
                <ToggleGroup.Item key={each} value={each}>
                  {TARGET_NAMES[each]}
                </ToggleGroup.Item>
              ))}
            </ToggleGroup.Root>
          )}
        />
      </div>
      {target !== 'sql' && (
        <div className="deploy-grid">
          <TextField label="Database" mono error={errors.database?.message} {...form.register('database')} />
          <TextField label="Schema" mono error={errors.schema?.message} {...form.register('schema')} />
          <TextField label="Name" mono error={errors.name?.message} {...form.register('name')} />
          {target === 'view' && <NodeField form={form} />}
        </div>
      )}
      {target === 'view' && (
        <label className="deploy-check">
          <input type="checkbox" {...form.register('secure')} /> Secure: its text is shown to its owner only
        </label>
      )}
      {(target === 'view' || target === 'procedure') && (
        <label className="deploy-check">
          <input type="checkbox" {...form.register('replace')} /> Replace one of this name, keeping its grants
        </label>
      )}
    </>
  );
}

/** The node whose rows a view shows. */
function NodeField({ form }: { form: UseFormReturn<DeployValues> }) {
  const nodes = useBuilder((state) => state.nodes);
  const relational = nodes.filter(({ data }) => /^(source|shape)\./.test(data.type) || data.type === 'output.result');
  return (
    <SelectField label="Shows" {...form.register('node')}>
      <option value="">The only result</option>
      {relational.map(({ id, data }) => (
        <option key={id} value={id}>
          {data.label || id}
        </option>
      ))}
    </SelectField>
  );
}

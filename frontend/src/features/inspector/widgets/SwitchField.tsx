import { Switch } from 'radix-ui';
import { useId } from 'react';
import { useController } from 'react-hook-form';
import { labelOf } from '../describe-fields';
import type { WidgetProps } from '../FieldFrame';
import { useNodeForm } from '../form-context';

export function SwitchField({ field, path }: WidgetProps) {
  const id = useId();
  const { readOnly } = useNodeForm();
  const { field: controlled } = useController({ name: path });
  return (
    <div className="switch-field" data-field={path}>
      <label htmlFor={id}>
        <span className="field-label">{labelOf(field)}</span>
        {field.hint.hint && <span className="field-hint">{field.hint.hint}</span>}
      </label>
      <Switch.Root
        id={id}
        className="switch"
        disabled={readOnly}
        checked={controlled.value === undefined ? field.defaultValue === true : controlled.value === true}
        onCheckedChange={controlled.onChange}
      >
        <Switch.Thumb />
      </Switch.Root>
    </div>
  );
}

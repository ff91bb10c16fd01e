import { FieldFrame, type WidgetProps } from '../FieldFrame';

export function NumberField(props: WidgetProps) {
  return (
    <FieldFrame
      {...props}
      render={({ value, onChange, invalid, describedBy, ...control }) => (
        <input
          {...control}
          className="control"
          type="number"
          inputMode="numeric"
          placeholder={props.field.hint.placeholder ?? (props.field.required ? '' : 'No limit')}
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.valueAsNumber)}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
        />
      )}
    />
  );
}

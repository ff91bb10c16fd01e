import { ChevronDown } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { FieldFrame, type WidgetProps } from '../FieldFrame';
import '../../../components/Segmented.css';

/** A choice of a few as segments, of more as a list. */
export function EnumField(props: WidgetProps) {
  const { field } = props;
  const names = field.hint.options ?? {};
  const isOptional = !field.required && field.defaultValue === undefined;
  const chosen = (value: unknown) =>
    typeof value === 'string' ? value : typeof field.defaultValue === 'string' ? field.defaultValue : '';
  return (
    <FieldFrame
      {...props}
      render={({ value, onChange, invalid, describedBy, ref, disabled, ...control }) =>
        field.hint.widget === 'segmented' ? (
          <ToggleGroup.Root
            {...control}
            type="single"
            className="segmented"
            ref={ref}
            disabled={disabled}
            value={chosen(value)}
            onValueChange={(next) => next && onChange(next)}
            aria-describedby={describedBy}
          >
            {field.options?.map((option) => (
              <ToggleGroup.Item key={option} value={option}>
                {names[option] ?? option}
              </ToggleGroup.Item>
            ))}
          </ToggleGroup.Root>
        ) : (
          <div className="control-select">
            <select
              {...control}
              ref={ref}
              disabled={disabled}
              className="control"
              value={chosen(value)}
              onChange={(event) => onChange(event.target.value)}
              aria-invalid={invalid || undefined}
              aria-describedby={describedBy}
            >
              {isOptional ? (
                <option value="">Default</option>
              ) : (
                chosen(value) === '' && <option value="">Choose</option>
              )}
              {field.options?.map((option) => (
                <option key={option} value={option}>
                  {names[option] ?? option}
                </option>
              ))}
            </select>
            <ChevronDown size={14} aria-hidden />
          </div>
        )
      }
    />
  );
}

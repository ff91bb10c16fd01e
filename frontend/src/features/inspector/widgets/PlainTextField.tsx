import { FieldFrame, type WidgetProps } from '../FieldFrame';

const textOf = (value: unknown) =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

export function PlainTextField(props: WidgetProps) {
  const { hint } = props.field;
  return (
    <FieldFrame
      {...props}
      render={({ value, invalid, describedBy, ...control }) =>
        hint.widget === 'textarea' ? (
          <textarea
            {...control}
            className="control"
            value={textOf(value)}
            placeholder={hint.placeholder}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
          />
        ) : (
          <input
            {...control}
            className="control"
            value={textOf(value)}
            placeholder={hint.placeholder}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
          />
        )
      }
    />
  );
}

import { useId } from 'react';
import { FieldFrame, type WidgetProps } from '../FieldFrame';
import { useNodeForm } from '../form-context';

/** One scalar expression; the columns it may name are listed under it. */
export function ExpressionField(props: WidgetProps) {
  const { columns } = useNodeForm();
  const known = columns(props.field.hint.port);
  const listId = useId();
  return (
    <FieldFrame
      {...props}
      render={({ value, invalid, describedBy, ...control }) => (
        <>
          <textarea
            {...control}
            className="control mono expression"
            rows={2}
            spellCheck={false}
            autoComplete="off"
            value={typeof value === 'string' ? value : ''}
            placeholder={props.field.hint.placeholder}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
          />
          {known && known.length > 0 && (
            <details className="expression-columns">
              <summary id={listId}>Columns it may use</summary>
              <p className="mono" aria-labelledby={listId}>
                {known.map(({ name }) => name).join(', ')}
              </p>
            </details>
          )}
        </>
      )}
    />
  );
}

import { FieldFrame, type WidgetProps } from '../FieldFrame';
import { SqlEditor } from '../../sql/SqlEditor';
import { labelOf } from '../describe-fields';

/** A statement in the SQL editor. Loaded when the first one is shown. */
export function SqlField(props: WidgetProps) {
  return (
    <FieldFrame
      {...props}
      render={({ id, value, onChange, onBlur, disabled, invalid, describedBy }) => (
        <SqlEditor
          id={id}
          label={labelOf(props.field)}
          value={typeof value === 'string' ? value : ''}
          readOnly={disabled}
          invalid={invalid}
          describedBy={describedBy}
          onChange={onChange}
          onBlur={onBlur}
        />
      )}
    />
  );
}

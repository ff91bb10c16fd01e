import { ChevronDown } from 'lucide-react';
import { FieldFrame, type WidgetProps } from '../FieldFrame';
import { useNodeForm } from '../form-context';

/** One column of an input. A column that is named but not there stays visible, so it can be seen and replaced. */
export function ColumnField(props: WidgetProps) {
  const { columns } = useNodeForm();
  const known = columns(props.field.hint.port);
  return (
    <FieldFrame
      {...props}
      render={({ value, onChange, invalid, describedBy, ...control }) => {
        const name = typeof value === 'string' ? value : '';
        const aria = { 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy };
        if (!known) {
          return (
            <input
              {...control}
              {...aria}
              className="control mono"
              value={name}
              onChange={onChange}
              placeholder="Column name"
              autoComplete="off"
              spellCheck={false}
            />
          );
        }
        const missing = name !== '' && !known.some((column) => column.name === name);
        return (
          <div className="control-select">
            <select {...control} {...aria} className="control mono" value={name} onChange={onChange}>
              <option value="">{props.field.required ? 'Choose a column' : 'None'}</option>
              {missing && <option value={name}>{name} (not there)</option>}
              {known.map((column) => (
                <option key={column.name} value={column.name}>
                  {column.name} · {column.type}
                </option>
              ))}
            </select>
            <ChevronDown size={14} aria-hidden />
          </div>
        );
      }}
    />
  );
}

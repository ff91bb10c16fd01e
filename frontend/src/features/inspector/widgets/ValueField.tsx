import { arityOf, OPERATORS } from '@snowflow/nodes/kit/comparison';
import { useWatch } from 'react-hook-form';
import { FieldFrame, type WidgetProps } from '../FieldFrame';
import { useNodeForm } from '../form-context';
import { parsedList, parsedScalar, shownList, shownScalar, type ValueKind, valueKindOf } from './scalar-text';

const INPUT_TYPES: Record<ValueKind, string> = { number: 'text', boolean: 'text', date: 'date', text: 'text' };

/** What a column is compared with: nothing, one value, two, or a list, typed like the column. */
export function ValueField(props: WidgetProps) {
  const { columns } = useNodeForm();
  const prefix = props.path.slice(0, props.path.length - props.field.name.length);
  const typedBy = props.field.hint.typedBy ?? `${prefix}column`;
  const [column, chosen] = useWatch({ name: [typedBy, `${prefix}operator`] }) as unknown[];
  const operator = OPERATORS.find((candidate) => candidate === chosen) ?? 'eq';
  const type = columns()?.find(({ name }) => name === column)?.type;
  const kind = valueKindOf(type);
  const arity = arityOf(operator);
  if (arity === 'none') return null;

  return (
    <FieldFrame
      {...props}
      render={({ value, onChange, invalid, describedBy, id, ref, onBlur, disabled }) => {
        const aria = { 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy };
        const shared = { className: 'control mono', disabled, onBlur, autoComplete: 'off', spellCheck: false, ...aria };
        if (arity === 'many') {
          return (
            <textarea
              {...shared}
              id={id}
              ref={ref}
              rows={3}
              placeholder="One value per line"
              value={shownList(value)}
              onChange={(event) => onChange(parsedList(event.target.value, kind))}
            />
          );
        }
        if (arity === 'two') {
          const [from, to] = Array.isArray(value) ? (value as unknown[]) : [value, undefined];
          return (
            <div className="value-pair">
              <input
                {...shared}
                id={id}
                ref={ref}
                type={INPUT_TYPES[kind]}
                value={shownScalar(from)}
                aria-label="From"
                onChange={(event) => onChange([parsedScalar(event.target.value, kind), to ?? ''])}
              />
              <span aria-hidden>to</span>
              <input
                {...shared}
                type={INPUT_TYPES[kind]}
                value={shownScalar(to)}
                aria-label="To"
                onChange={(event) => onChange([from ?? '', parsedScalar(event.target.value, kind)])}
              />
            </div>
          );
        }
        if (kind === 'boolean') {
          return (
            <select
              {...shared}
              id={id}
              ref={ref}
              value={String(value ?? '')}
              onChange={(event) => onChange(parsedScalar(event.target.value, kind))}
            >
              <option value="">Choose</option>
              <option value="true">true</option>
              <option value="false">false</option>
            </select>
          );
        }
        const isTemplate = typeof value === 'string' && value.includes('{{');
        return (
          <input
            {...shared}
            id={id}
            ref={ref}
            type={isTemplate ? 'text' : INPUT_TYPES[kind]}
            inputMode={kind === 'number' ? 'decimal' : 'text'}
            value={shownScalar(value)}
            onChange={(event) => onChange(parsedScalar(event.target.value, kind))}
          />
        );
      }}
    />
  );
}

import { X } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../../components/Button';
import { useNodeForm } from '../form-context';
import type { GridColumn } from './pasted-table';

const TYPES = [
  'VARCHAR',
  'NUMBER(38,0)',
  'NUMBER(38,2)',
  'FLOAT',
  'BOOLEAN',
  'DATE',
  'TIME',
  'TIMESTAMP_NTZ',
  'VARIANT',
];

interface GridHeadProps {
  path: string;
  columns: readonly GridColumn[];
  onChange: (columns: readonly GridColumn[]) => void;
  onRemove: (index: number) => void;
}

/** Names and types of the columns of a grid. */
export function GridHead({ path, columns, onChange, onRemove }: GridHeadProps) {
  const types = useId();
  const { readOnly, problemAt } = useNodeForm();
  const set = (index: number, change: Partial<GridColumn>) =>
    onChange(columns.map((column, at) => (at === index ? { ...column, ...change } : column)));

  return (
    <thead>
      <tr>
        <th scope="col">
          <span className="visually-hidden">Row</span>
        </th>
        {columns.map(({ name, type }, index) => {
          const [ofName, ofType] = [problemAt(`${path}.${index}.name`), problemAt(`${path}.${index}.type`)];
          const shared = { className: 'mono', disabled: readOnly, autoComplete: 'off', spellCheck: false };
          return (
            <th key={index} scope="col">
              <span data-field={`${path}.${index}.name`}>
                <input
                  {...shared}
                  value={name}
                  aria-label={`Name of column ${index + 1}`}
                  aria-invalid={ofName ? true : undefined}
                  title={ofName?.message}
                  onChange={(event) => set(index, { name: event.target.value })}
                />
              </span>
              <span data-field={`${path}.${index}.type`}>
                <input
                  {...shared}
                  list={types}
                  value={type}
                  aria-label={`Type of column ${index + 1}`}
                  aria-invalid={ofType ? true : undefined}
                  title={ofType?.message}
                  onChange={(event) => set(index, { type: event.target.value.toUpperCase() })}
                />
              </span>
              {!readOnly && columns.length > 1 && (
                <Button
                  look="ghost"
                  size="xs"
                  iconOnly={`Remove column ${name || index + 1}`}
                  onClick={() => onRemove(index)}
                >
                  <X size={12} aria-hidden />
                </Button>
              )}
            </th>
          );
        })}
        <td>
          <datalist id={types}>
            {TYPES.map((type) => (
              <option key={type} value={type}>
                {type}
              </option>
            ))}
          </datalist>
        </td>
      </tr>
    </thead>
  );
}

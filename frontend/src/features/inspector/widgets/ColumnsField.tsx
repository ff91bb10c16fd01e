import { Plus, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useId, useState } from 'react';
import { useController } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { labelOf } from '../describe-fields';
import type { WidgetProps } from '../FieldFrame';
import { useNodeForm } from '../form-context';
import '../../../components/Menu.css';

/** Several columns of an input, in the order they were chosen. */
export function ColumnsField({ field, path }: WidgetProps) {
  const id = useId();
  const { readOnly, columns, problemAt } = useNodeForm();
  const { field: controlled } = useController({ name: path });
  const [typed, setTyped] = useState('');
  const chosen = Array.isArray(controlled.value)
    ? controlled.value.filter((name): name is string => typeof name === 'string')
    : [];
  const known = columns(field.hint.port);
  const free = known?.filter(({ name }) => !chosen.includes(name));
  const problem = problemAt(path);
  const change = (names: string[]) => controlled.onChange(names.length > 0 ? names : undefined);

  return (
    <fieldset className="field" data-field={path} aria-describedby={field.hint.hint ? id : undefined}>
      <legend>{labelOf(field)}</legend>
      <ul className="column-chips">
        {chosen.map((name, index) => {
          const wrong = problemAt(`${path}.${index}`);
          return (
            <li key={name} className="mono" data-wrong={wrong ? true : undefined} title={wrong?.message}>
              {name}
              {!readOnly && (
                <button
                  type="button"
                  aria-label={`Remove ${name}`}
                  onClick={() => change(chosen.filter((other) => other !== name))}
                >
                  <X size={12} aria-hidden />
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {!readOnly && free && (
        <DropdownMenu.Root>
          <DropdownMenu.Trigger className="button button-dash button-sm" disabled={free.length === 0}>
            <Plus size={14} aria-hidden /> Add column
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
              {free.map(({ name, type }) => (
                <DropdownMenu.Item
                  key={name}
                  className="menu-item mono"
                  textValue={name}
                  onSelect={() => change([...chosen, name])}
                >
                  {name} <small className="quiet">{type}</small>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      )}
      {!readOnly && !known && (
        <div className="columns-typed">
          <input
            className="control mono"
            aria-label={`${labelOf(field)}: column name`}
            placeholder="Column name"
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button
            size="md"
            unavailable={typed.trim() === '' ? 'Type a column name' : undefined}
            onClick={() => {
              change([...new Set([...chosen, typed.trim()])]);
              setTyped('');
            }}
          >
            Add
          </Button>
        </div>
      )}
      {(problem || field.hint.hint) && (
        <p id={id} className={problem ? 'field-error' : 'field-hint'}>
          {problem?.message ?? field.hint.hint}
        </p>
      )}
    </fieldset>
  );
}

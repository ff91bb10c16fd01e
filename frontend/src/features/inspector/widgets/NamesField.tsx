import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { useController } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { labelOf } from '../describe-fields';
import type { WidgetProps } from '../FieldFrame';
import { useNodeForm } from '../form-context';

/** A list of short names, in order: Enter adds what was typed. */
export function NamesField({ field, path }: WidgetProps) {
  const id = useId();
  const { readOnly, problemAt } = useNodeForm();
  const { field: controlled } = useController({ name: path });
  const [typed, setTyped] = useState('');
  const given: unknown = controlled.value ?? field.defaultValue;
  const names = Array.isArray(given) ? given.filter((name): name is string => typeof name === 'string') : [];
  const wrong = names.map((_name, index) => problemAt(`${path}.${index}`));
  const problem = problemAt(path) ?? wrong.find(Boolean);
  const add = () => {
    const name = typed.trim();
    if (name !== '' && !names.includes(name)) controlled.onChange([...names, name]);
    setTyped('');
  };

  return (
    <fieldset className="field" data-field={path} aria-describedby={id}>
      <legend>{labelOf(field)}</legend>
      <ul className="column-chips">
        {names.map((name, index) => (
          <li key={name} className="mono" data-wrong={wrong[index] ? true : undefined} title={wrong[index]?.message}>
            {name}
            {!readOnly && (
              <button
                type="button"
                aria-label={`Remove ${name}`}
                onClick={() => controlled.onChange(names.filter((other) => other !== name))}
              >
                <X size={12} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <div className="columns-typed">
          <input
            className="control mono"
            aria-label={`${labelOf(field)}: new name`}
            placeholder="Name"
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
          <Button size="md" unavailable={typed.trim() === '' ? 'Type a name' : undefined} onClick={add}>
            Add
          </Button>
        </div>
      )}
      <p id={id} className={problem ? 'field-error' : 'field-hint'}>
        {problem?.message ?? field.hint.hint}
      </p>
    </fieldset>
  );
}

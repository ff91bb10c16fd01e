import { useId, useState } from 'react';
import { TextField } from '../../components/TextField';
import { useEditing } from './editing-context';
import { textIn, textsIn, type Draft, type ModelPath } from './model-text';

interface ModelFieldProps {
  draft: Draft;
  path: ModelPath;
  field: string;
  label: string;
  /** Left empty, the field stays in the text: the model needs it. */
  needed?: boolean;
  mono?: boolean;
  /** Several lines. */
  long?: boolean;
}

/** One text of a model. */
export function ModelField({ draft, path, field, label, needed = false, mono = false, long = false }: ModelFieldProps) {
  const { set, problemAt } = useEditing();
  const id = useId();
  const value = textIn(draft, field);
  const change = (text: string) => set([...path, field], text === '' && !needed ? undefined : text);
  const problem = problemAt([...path, field]);
  if (!long) {
    return (
      <TextField
        label={label}
        mono={mono}
        value={value}
        error={problem}
        onChange={(event) => change(event.target.value)}
      />
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={`control ${mono ? 'mono' : ''}`}
        value={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-hint` : undefined}
        onChange={(event) => change(event.target.value)}
      />
      {problem && (
        <p id={`${id}-hint`} className="field-error">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Several texts with commas between; read when the field is left, so that a comma can be typed. */
export function ModelWords({ draft, path, field, label }: ModelFieldProps) {
  const { set, problemAt } = useEditing();
  const [typed, setTyped] = useState<string>();
  const leave = () => {
    const words = (typed ?? '').split(',').flatMap((word) => word.trim() || []);
    if (typed !== undefined) set([...path, field], words.length > 0 ? words : undefined);
    setTyped(undefined);
  };
  return (
    <TextField
      label={label}
      hint="With commas between"
      value={typed ?? textsIn(draft, field).join(', ')}
      error={problemAt([...path, field])}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={leave}
    />
  );
}

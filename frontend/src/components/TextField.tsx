import { useId, type ComponentProps, type ReactNode } from 'react';
import './Field.css';

export interface TextFieldProps extends ComponentProps<'input'> {
  label: ReactNode;
  note?: string;
  hint?: ReactNode;
  error?: string | undefined;
  mono?: boolean;
}

/** A labelled input; an error takes the place of the hint. */
export function TextField({ label, note, hint, error, mono, id, className = '', ...rest }: TextFieldProps) {
  const made = useId();
  const inputId = id ?? made;
  const describedBy = error || hint ? `${inputId}-hint` : undefined;
  return (
    <div className={`field ${className}`}>
      <label htmlFor={inputId}>
        {label}
        {note && <span className="field-note"> {note}</span>}
      </label>
      <input
        id={inputId}
        className={`control ${mono ? 'mono' : ''}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        {...rest}
      />
      {(error || hint) && (
        <p id={describedBy} className={error ? 'field-error' : 'field-hint'}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

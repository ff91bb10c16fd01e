import { useId, type ComponentProps } from 'react';
import '../../../components/Field.css';

interface PolicyListProps extends ComponentProps<'textarea'> {
  label: string;
  hint: string;
  error?: string | undefined;
  /** What an empty list means. */
  empty?: string;
}

/** What one policy allows, a name to a line; an error takes the place of the hint. */
export function PolicyList({ label, hint, error, empty = 'all', ...rest }: PolicyListProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        <span className="field-note"> empty: {empty}</span>
      </label>
      <textarea
        id={id}
        className="control mono"
        rows={4}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-hint`}
        {...rest}
      />
      <p id={`${id}-hint`} className={error ? 'field-error' : 'field-hint'}>
        {error ?? hint}
      </p>
    </div>
  );
}

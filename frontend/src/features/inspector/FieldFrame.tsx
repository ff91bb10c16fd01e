import { useId, type ReactNode } from 'react';
import { useController, type ControllerRenderProps } from 'react-hook-form';
import type { FieldSpec } from './describe-fields';
import { labelOf } from './describe-fields';
import { useNodeForm } from './form-context';

export interface WidgetProps {
  field: FieldSpec;
  /** The dotted path in the config. */
  path: string;
}

/** What a control gets to be itself: its value, its ids, and whether something is wrong. */
export interface ControlProps {
  id: string;
  value: unknown;
  onChange: ControllerRenderProps['onChange'];
  onBlur: ControllerRenderProps['onBlur'];
  ref: ControllerRenderProps['ref'];
  disabled: boolean;
  invalid: boolean;
  describedBy: string | undefined;
}

/** Label above, control, hint below; a problem takes the hint's place. */
export function FieldFrame({ field, path, render }: WidgetProps & { render: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const { readOnly, problemAt } = useNodeForm();
  const { field: controlled } = useController({ name: path });
  const problem = problemAt(path);
  const text = problem ? [problem.message, problem.suggestion].filter(Boolean).join('. ') : field.hint.hint;
  const describedBy = text ? `${id}-hint` : undefined;
  return (
    <div className="field" data-field={path}>
      <label htmlFor={id}>
        {labelOf(field)}
        {!field.required && !field.hint.needed && field.kind === 'text' && (
          <span className="field-note"> optional</span>
        )}
      </label>
      {render({
        id,
        value: controlled.value as unknown,
        onChange: controlled.onChange,
        onBlur: controlled.onBlur,
        ref: controlled.ref,
        disabled: readOnly,
        invalid: problem !== undefined,
        describedBy,
      })}
      {text && (
        <p id={describedBy} className={problem ? 'field-error' : 'field-hint'}>
          {text}
        </p>
      )}
    </div>
  );
}

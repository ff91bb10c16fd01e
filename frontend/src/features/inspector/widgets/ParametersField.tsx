import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { type FieldSpec, labelOf } from '../describe-fields';
import { FieldFrame, type WidgetProps } from '../FieldFrame';
import { useNodeForm } from '../form-context';
import { parsedScalar, shownScalar, type ValueKind } from './scalar-text';
import { useCalledWorkflow } from './use-called-workflow';

/** A parameter as the called workflow declares it, or one that is given and not declared. */
interface Shown {
  name: string;
  type: string;
  isDeclared: boolean;
  needed: boolean;
  hint: string | undefined;
}

/** A value for each parameter of the workflow beside it: a literal, or a text with templates. */
export function ParametersField(props: WidgetProps) {
  const { field, path } = props;
  const { readOnly } = useNodeForm();
  const called = useCalledWorkflow(props);
  const { field: controlled } = useController({ name: path });
  const given = isRecord(controlled.value) ? controlled.value : {};
  const declared = (called.data?.definition.parameters ?? []).map((one): Shown => {
    const fallback = one.default === undefined ? undefined : `Without one: ${String(one.default)}`;
    const hint = [one.description, fallback].filter(Boolean).join('. ') || undefined;
    return { name: one.name, type: one.type, isDeclared: true, needed: one.default === undefined, hint };
  });
  const others = Object.keys(given).filter((name) => !declared.some((one) => one.name === name));
  const shown = [...declared, ...others.map(undeclared(called.data !== undefined))];
  const remove = (name: string) =>
    controlled.onChange(Object.fromEntries(Object.entries(given).filter(([other]) => other !== name)));

  return (
    <fieldset className="field schema-group" data-field={path}>
      <legend>{labelOf(field)}</legend>
      {shown.map((parameter) => (
        <ParameterInput key={parameter.name} path={`${path}.${parameter.name}`} parameter={parameter}>
          {!parameter.isDeclared && !readOnly && (
            <Button look="ghost" size="xs" iconOnly={`Remove ${parameter.name}`} onClick={() => remove(parameter.name)}>
              <X size={14} aria-hidden />
            </Button>
          )}
        </ParameterInput>
      ))}
      <p className="field-hint">{shown.length > 0 ? field.hint.hint : reasonForNone(called)}</p>
    </fieldset>
  );
}

function ParameterInput({ path, parameter, children }: { path: string; parameter: Shown; children: ReactNode }) {
  const { name, type, needed, hint } = parameter;
  const kind: ValueKind = type === 'number' || type === 'boolean' ? type : 'text';
  const spec: FieldSpec = { name, kind: 'text', required: needed, hint: { label: name, ...(hint ? { hint } : {}) } };
  return (
    <FieldFrame
      field={spec}
      path={path}
      render={({ value, onChange, invalid, describedBy, ...control }) => (
        <div className="field-with-action">
          <input
            {...control}
            className="control mono"
            value={shownScalar(value)}
            onChange={(event) => onChange(parsedScalar(event.target.value, kind))}
            placeholder={type}
            autoComplete="off"
            spellCheck={false}
            aria-required={needed}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
          />
          {children}
        </div>
      )}
    />
  );
}

const undeclared =
  (isKnown: boolean) =>
  (name: string): Shown => ({
    name,
    type: '',
    isDeclared: false,
    needed: false,
    hint: isKnown ? 'The workflow does not have it as it was saved last' : undefined,
  });

function reasonForNone({ data, isLoading, isError }: ReturnType<typeof useCalledWorkflow>): string {
  if (isLoading) return 'Looking what it takes…';
  if (isError) return 'What it takes can’t be read right now';
  return data ? 'This workflow has no parameters' : 'Choose a workflow first';
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

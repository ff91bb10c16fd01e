import { useFormContext, useWatch } from 'react-hook-form';
import { Fragment } from 'react';
import type { FieldSpec } from './describe-fields';
import type { RenderField } from './render-field';

/** The fields of one object. A field may depend on a sibling's value. */
interface FieldListProps {
  fields: readonly FieldSpec[];
  /** Of the object; empty for the config itself. */
  path: string;
  renderField: RenderField;
}

export function FieldList({ fields, path, renderField }: FieldListProps) {
  return fields
    .filter(({ hint }) => hint.widget !== 'hidden')
    .map((field) => (
      <ConditionalField key={field.name} field={field} siblings={fields} path={path} renderField={renderField} />
    ));
}

function ConditionalField({
  field,
  siblings,
  path,
  renderField,
}: {
  field: FieldSpec;
  siblings: readonly FieldSpec[];
  path: string;
  renderField: RenderField;
}) {
  const { control } = useFormContext();
  const condition = field.hint.visibleWhen;
  const prefix = path === '' ? '' : `${path}.`;
  const sibling = siblings.find(({ name }) => name === condition?.field);
  const watched = condition?.field ?? field.name;
  const value: unknown = useWatch({
    control,
    name: watched.startsWith('/') ? watched.slice(1) : `${prefix}${watched}`,
  });
  if (condition && !condition.in.includes(value ?? sibling?.defaultValue)) return null;
  return <Fragment>{renderField(field, `${prefix}${field.name}`)}</Fragment>;
}

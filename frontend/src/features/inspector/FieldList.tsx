import { useFormContext, useWatch } from 'react-hook-form';
import type { FieldSpec } from './describe-fields';
import { SchemaField } from './SchemaField';

/** The fields of one object. A field may depend on a sibling's value. */
export function FieldList({ fields, path }: { fields: readonly FieldSpec[]; path: string }) {
  return fields
    .filter(({ hint }) => hint.widget !== 'hidden')
    .map((field) => <ConditionalField key={field.name} field={field} siblings={fields} path={path} />);
}

function ConditionalField({
  field,
  siblings,
  path,
}: {
  field: FieldSpec;
  siblings: readonly FieldSpec[];
  path: string;
}) {
  const { control } = useFormContext();
  const condition = field.hint.visibleWhen;
  const prefix = path === '' ? '' : `${path}.`;
  const sibling = siblings.find(({ name }) => name === condition?.field);
  const value: unknown = useWatch({ control, name: `${prefix}${condition?.field ?? field.name}` });
  if (condition && !condition.in.includes(value ?? sibling?.defaultValue)) return null;
  return <SchemaField field={field} path={`${prefix}${field.name}`} />;
}

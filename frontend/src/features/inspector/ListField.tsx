import { Plus, X } from 'lucide-react';
import { useFieldArray } from 'react-hook-form';
import { Button } from '../../components/Button';
import { labelOf, type FieldSpec } from './describe-fields';
import type { WidgetProps } from './FieldFrame';
import { useNodeForm } from './form-context';
import { FieldList } from './FieldList';
import type { RenderField } from './render-field';

/** What a new item starts as: the defaults of its fields. */
function newItem(item: FieldSpec | undefined): unknown {
  if (item?.kind !== 'object') return '';
  return Object.fromEntries(
    (item.fields ?? []).flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, defaultValue]])),
  );
}

/** A list of equal things: conditions, measures, keys. */
export function ListField({ field, path, renderField }: WidgetProps & { renderField: RenderField }) {
  const { readOnly, problemAt } = useNodeForm();
  const { fields, append, remove } = useFieldArray({ name: path });
  const problem = problemAt(path);
  return (
    <fieldset className="field list-field" data-field={path}>
      <legend>{labelOf(field)}</legend>
      {fields.map(({ id }, index) => (
        <div key={id} className="list-item">
          <div className="list-item-fields">
            {field.item?.kind === 'object' ? (
              <FieldList fields={field.item.fields ?? []} path={`${path}.${index}`} renderField={renderField} />
            ) : (
              field.item && renderField(field.item, `${path}.${index}`)
            )}
            {problemAt(`${path}.${index}`) && <p className="field-error">{problemAt(`${path}.${index}`)?.message}</p>}
          </div>
          {!readOnly && (
            <Button
              look="ghost"
              size="xs"
              iconOnly={`Remove ${labelOf(field).toLowerCase()} ${index + 1}`}
              onClick={() => remove(index)}
            >
              <X size={14} aria-hidden />
            </Button>
          )}
        </div>
      ))}
      {!readOnly && (
        <Button look="dash" size="sm" onClick={() => append(newItem(field.item))}>
          <Plus size={14} aria-hidden /> {field.hint.addLabel ?? 'Add'}
        </Button>
      )}
      {(problem || field.hint.hint) && (
        <p className={problem ? 'field-error' : 'field-hint'}>{problem?.message ?? field.hint.hint}</p>
      )}
    </fieldset>
  );
}

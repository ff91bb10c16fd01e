import { lazy, Suspense } from 'react';
import type { FieldSpec } from './describe-fields';
import { labelOf } from './describe-fields';
import { FieldFrame } from './FieldFrame';
import { FieldList } from './FieldList';
import { ListField } from './ListField';
import type { RenderField } from './render-field';
import { CatalogField } from './widgets/CatalogField';
import { ColumnField } from './widgets/ColumnField';
import { ColumnsField } from './widgets/ColumnsField';
import { EnumField } from './widgets/EnumField';
import { ExpressionField } from './widgets/ExpressionField';
import { GridField } from './widgets/GridField';
import { NamesField } from './widgets/NamesField';
import { NumberField } from './widgets/NumberField';
import { ParametersField } from './widgets/ParametersField';
import { ModelField } from './widgets/ModelField';
import { PlainTextField } from './widgets/PlainTextField';
import { RevisionField } from './widgets/RevisionField';
import { SwitchField } from './widgets/SwitchField';
import { ValueField } from './widgets/ValueField';
import { WorkflowField } from './widgets/WorkflowField';

const SqlField = lazy(async () => ({ default: (await import('./widgets/SqlField')).SqlField }));

/** Draws a field with the widget that fits. */
export const renderField: RenderField = (field, path) => <SchemaField field={field} path={path} />;

/** Chooses the widget of a field: by its hint, else by its kind. What nothing fits becomes a text field. */
function SchemaField({ field, path }: { field: FieldSpec; path: string }) {
  const { widget } = field.hint;
  if (field.kind === 'array') {
    if (widget === 'columns') return <ColumnsField field={field} path={path} />;
    if (widget === 'names') return <NamesField field={field} path={path} />;
    if (widget === 'grid') return <GridField field={field} path={path} />;
    return <ListField field={field} path={path} renderField={renderField} />;
  }
  if (field.kind === 'object') {
    return (
      <fieldset className="field schema-group">
        <legend>{labelOf(field)}</legend>
        {field.hint.hint && <p className="field-hint">{field.hint.hint}</p>}
        <FieldList fields={field.fields ?? []} path={path} renderField={renderField} />
      </fieldset>
    );
  }
  switch (widget) {
    case 'column':
      return <ColumnField field={field} path={path} />;
    case 'expression':
      return <ExpressionField field={field} path={path} />;
    case 'sql':
      return (
        <Suspense fallback={<FieldFrame field={field} path={path} render={() => <div className="sql-editor" />} />}>
          <SqlField field={field} path={path} />
        </Suspense>
      );
    case 'database':
    case 'schema':
    case 'table':
      return <CatalogField field={field} path={path} level={widget} />;
    case 'value':
      return <ValueField field={field} path={path} />;
    case 'model':
      return <ModelField field={field} path={path} />;
    case 'workflow':
      return <WorkflowField field={field} path={path} />;
    case 'revision':
      return <RevisionField field={field} path={path} />;
    case 'parameters':
      return <ParametersField field={field} path={path} />;
    default:
      break;
  }
  switch (field.kind) {
    case 'enum':
      return <EnumField field={field} path={path} />;
    case 'number':
      return <NumberField field={field} path={path} />;
    case 'boolean':
      return <SwitchField field={field} path={path} />;
    default:
      return <PlainTextField field={field} path={path} />;
  }
}

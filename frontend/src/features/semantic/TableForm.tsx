import { ModelField, ModelWords } from './ModelField';
import { draftIn, type Draft, type ModelPath } from './model-text';
import { PartList } from './PartList';

const SECTIONS = [
  { field: 'dimensions', title: 'Dimensions', noun: 'dimension', typed: true },
  { field: 'time_dimensions', title: 'Time dimensions', noun: 'time dimension', typed: true },
  { field: 'facts', title: 'Facts', noun: 'fact', typed: true },
  { field: 'metrics', title: 'Metrics', noun: 'metric', typed: false },
  { field: 'filters', title: 'Filters', noun: 'filter', typed: false },
] as const;

/** A table of a model: where it stands, and what of it people group by, measure and filter. */
export function TableForm({ table, path }: { table: Draft; path: ModelPath }) {
  const base = { draft: draftIn(table, 'base_table'), path: [...path, 'base_table'] };
  return (
    <>
      <ModelField draft={table} path={path} field="name" label="Table name" needed mono />
      <div className="semantic-row">
        <ModelField {...base} field="database" label="Database" needed mono />
        <ModelField {...base} field="schema" label="Schema" needed mono />
        <ModelField {...base} field="table" label="Base table" needed mono />
      </div>
      <ModelField draft={table} path={path} field="description" label="Description" long />
      <ModelWords draft={table} path={path} field="synonyms" label="Synonyms" />
      <ModelWords
        draft={draftIn(table, 'primary_key')}
        path={[...path, 'primary_key']}
        field="columns"
        label="Primary key"
      />
      {SECTIONS.map(({ typed, ...section }) => (
        <PartList key={section.field} draft={table} path={path} {...section} made={{ name: '', expr: '' }}>
          {(part, partPath) => <PartFields part={part} path={partPath} typed={typed} />}
        </PartList>
      ))}
    </>
  );
}

/** A dimension, fact, metric or filter. */
export function PartFields({ part, path, typed }: { part: Draft; path: ModelPath; typed: boolean }) {
  return (
    <>
      <ModelField draft={part} path={path} field="name" label="Name" needed mono />
      <ModelField draft={part} path={path} field="expr" label="Expression" needed mono long />
      {typed && <ModelField draft={part} path={path} field="data_type" label="Data type" mono />}
      <ModelWords draft={part} path={path} field="synonyms" label="Synonyms" />
      <ModelField draft={part} path={path} field="description" label="Description" long />
    </>
  );
}

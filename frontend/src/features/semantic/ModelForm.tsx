import { Button } from '../../components/Button';
import { useEditing } from './editing-context';
import { ModelField } from './ModelField';
import { listIn, textIn, type Draft, type ModelPath } from './model-text';
import { PartList } from './PartList';
import { PartFields, TableForm } from './TableForm';

const NEW_TABLE = { name: '', base_table: { database: '', schema: '', table: '' } };
const NEW_PAIR = { left_column: '', right_column: '' };
const NEW_RELATIONSHIP = { name: '', left_table: '', right_table: '', relationship_columns: [NEW_PAIR] };

/** A model as a form. */
export function ModelForm({ draft }: { draft: Draft }) {
  const model = { draft, path: [] };
  return (
    <div className="semantic-form">
      <ModelField {...model} field="name" label="Name of the semantic view" needed mono />
      <ModelField {...model} field="description" label="What it is about" long />
      <PartList {...model} field="tables" title="Tables" noun="table" made={NEW_TABLE}>
        {(table, path) => <TableForm table={table} path={path} />}
      </PartList>
      <PartList {...model} field="relationships" title="Relationships" noun="relationship" made={NEW_RELATIONSHIP}>
        {(part, path) => <RelationshipFields part={part} path={path} tables={listIn(draft, 'tables')} />}
      </PartList>
      <PartList
        {...model}
        field="metrics"
        title="Metrics over several tables"
        noun="shared metric"
        made={{ name: '', expr: '' }}
      >
        {(part, path) => <PartFields part={part} path={path} typed={false} />}
      </PartList>
      <PartList
        {...model}
        field="verified_queries"
        title="Verified queries"
        noun="verified query"
        made={{ name: '', question: '', sql: '' }}
      >
        {(part, path) => (
          <>
            <ModelField draft={part} path={path} field="name" label="Name" needed />
            <ModelField draft={part} path={path} field="question" label="Question" needed />
            <ModelField draft={part} path={path} field="sql" label="SQL" needed mono long />
          </>
        )}
      </PartList>
      <ModelField {...model} field="custom_instructions" label="Instructions to Analyst" long />
    </div>
  );
}

function RelationshipFields({ part, path, tables }: { part: Draft; path: ModelPath; tables: readonly Draft[] }) {
  const { add } = useEditing();
  const names = tables.map((table) => textIn(table, 'name')).filter((name) => name !== '');
  return (
    <>
      <ModelField draft={part} path={path} field="name" label="Name" mono />
      <p className="field-hint">{`Each row on the left meets at most one on the right. Tables: ${names.join(', ') || 'none yet'}`}</p>
      <div className="semantic-row">
        <ModelField draft={part} path={path} field="left_table" label="Left table" needed mono />
        <ModelField draft={part} path={path} field="right_table" label="Right table" needed mono />
      </div>
      {listIn(part, 'relationship_columns').map((pair, index) => {
        const pairPath = [...path, 'relationship_columns', index];
        return (
          <div key={index} className="semantic-row">
            <ModelField draft={pair} path={pairPath} field="left_column" label="Left column" needed mono />
            <ModelField draft={pair} path={pairPath} field="right_column" label="Right column" needed mono />
          </div>
        );
      })}
      <Button size="sm" onClick={() => add([...path, 'relationship_columns'], NEW_PAIR)}>
        Add a pair of columns
      </Button>
    </>
  );
}

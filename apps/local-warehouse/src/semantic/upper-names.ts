import type { SemanticModel } from '@snowflow/contracts/semantic/semantic-model';

const upper = <Part extends { name: string }>(parts: readonly Part[] | undefined) =>
  parts?.map((part) => ({ ...part, name: part.name.toUpperCase() }));
const columns = (key: { columns: string[] }) => ({
  ...key,
  columns: key.columns.map((column) => column.toUpperCase()),
});

/** The names of a YAML model as they count in SQL. Those of databases, schemas and tables are taken as they are written. */
export function upperNames(model: SemanticModel): SemanticModel {
  return {
    ...model,
    name: model.name.toUpperCase(),
    tables: model.tables.map((table) => ({
      ...table,
      name: table.name.toUpperCase(),
      primary_key: table.primary_key && columns(table.primary_key),
      unique_keys: table.unique_keys?.map(columns),
      dimensions: upper(table.dimensions),
      time_dimensions: upper(table.time_dimensions),
      facts: upper(table.facts),
      metrics: upper(table.metrics),
      filters: upper(table.filters),
    })),
    metrics: upper(model.metrics),
    relationships: model.relationships?.map((relationship) => ({
      ...relationship,
      left_table: relationship.left_table.toUpperCase(),
      right_table: relationship.right_table.toUpperCase(),
      relationship_columns: relationship.relationship_columns.map((pair) => ({
        left_column: pair.left_column.toUpperCase(),
        right_column: pair.right_column.toUpperCase(),
      })),
    })),
  };
}

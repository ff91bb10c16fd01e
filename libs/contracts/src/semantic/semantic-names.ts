import type { SemanticDimension, SemanticModel, SemanticTable } from './semantic-model';

/** Names in a model count as Snowflake's unquoted names do: whatever their case. */
export const sameName = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase();

/** The table that a model has under a name. */
export function tableNamed(model: SemanticModel, name: string): SemanticTable | undefined {
  return model.tables.find((table) => sameName(table.name, name));
}

/** Dimensions of both kinds. */
export function dimensionsOf(table: SemanticTable): readonly SemanticDimension[] {
  return [...(table.dimensions ?? []), ...(table.time_dimensions ?? [])];
}

/** Sets of columns that no two rows of a table share, as the model says. */
export function keysOf(table: SemanticTable): readonly (readonly string[])[] {
  return [table.primary_key, ...(table.unique_keys ?? [])].flatMap((key) => (key ? [key.columns] : []));
}

/** Whether some columns, in any order, hold one of a table's keys: then at most one row has their values. */
export function holdKey(table: SemanticTable, columns: readonly string[]): boolean {
  return keysOf(table).some((key) => key.every((column) => columns.some((given) => sameName(given, column))));
}

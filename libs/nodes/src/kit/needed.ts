import type { Column } from '@snowflow/contracts/documents/column';
import type { Needed, Relation } from './sql-node';

/** All of a relation, in its order. */
export function everythingOf({ columns }: Pick<Relation, 'columns'>): Needed {
  return { columns: new Set(columns.map((column) => column.name)), order: true };
}

/** Columns by name, in any order of rows. */
export function columnsAlone(names: readonly string[]): Needed {
  return { columns: new Set(names), order: false };
}

/** Those of the columns that are needed, in their order. */
export function neededOf(columns: readonly Column[], needed: Needed | undefined): readonly Column[] {
  return needed ? columns.filter((column) => needed.columns.has(column.name)) : columns;
}

import type { Column } from '@snowflow/contracts/documents/column';

/** A table or view that the role sees: names and types, never a row of it. */
export interface VisibleSource {
  database: string;
  schema: string;
  name: string;
  columns: readonly Pick<Column, 'name' | 'type'>[];
}

/** The name of a source, without its columns. */
export type SourceNameParts = Omit<VisibleSource, 'columns'>;

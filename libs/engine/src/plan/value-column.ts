import type { Column } from '@snowflow/contracts/documents/column';

/** A value as a relation: one row, one column. */
export const VALUE_COLUMN: Column = { name: 'VALUE', type: 'VARIANT', nullable: true };

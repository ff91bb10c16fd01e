import type { Column } from '@snowflow/contracts/documents/column';

/** Columns from `NAME TYPE, NAME TYPE`, for examples and specs; all nullable. */
export function columnsOf(text: string): Column[] {
  return text.split(/,\s+(?=[A-Z"])/).map((one) => {
    const [name = '', type = ''] = one.split(' ');
    return { name, type, nullable: true };
  });
}

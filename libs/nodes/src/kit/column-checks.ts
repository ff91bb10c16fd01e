import type { Column } from '@snowflow/contracts/documents/column';
import { nearest } from './nearest';
import type { CheckContext, Columns, NodeProblem } from './node-definition';

/** The columns that reach a port that takes one edge. */
export function columnsAt(context: CheckContext, port: string): Columns {
  return context.inputs[port]?.[0];
}

/** The column of that name; undefined where there is none or the columns aren't known. */
export function columnNamed(columns: Columns, name: string): Column | undefined {
  return columns?.find((column) => column.name === name);
}

/** A problem where known columns don't have one of that name. */
export function missingColumn(columns: Columns, name: string, path: string, where = 'The input'): NodeProblem[] {
  if (columns === undefined || columnNamed(columns, name)) return [];
  const close = nearest(
    name,
    columns.map((column) => column.name),
  );
  return [
    {
      severity: 'error',
      code: 'UNKNOWN_COLUMN',
      path,
      message: `${where} has no column “${name}”`,
      ...(close === undefined ? {} : { suggestion: `Did you mean “${close}”?` }),
    },
  ];
}

/** One problem for each name that stands twice; `pathOf` says which field gives the column at an index. */
export function repeatedColumns(names: readonly string[], pathOf: (index: number) => string): NodeProblem[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const message = `Two columns would be called “${name}”`;
    return [problem('AMBIGUOUS_COLUMN', pathOf(index), message, 'Give one of them another name')];
  });
}

/** An error at a path. */
export function problem(code: NodeProblem['code'], path: string, message: string, suggestion?: string): NodeProblem {
  return { severity: 'error', code, path, message, ...(suggestion === undefined ? {} : { suggestion }) };
}

import type { Column } from '@snowflow/contracts/documents/column';
import type { Plan } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import type { OutputResponseConfig } from '@snowflow/nodes/output-response/output-response.definition';
import type { SourceValuesConfig } from '@snowflow/nodes/source-values/source-values.definition';

type Cell = SourceValuesConfig['rows'][number][number];

/** What a call is answered with that no statement has to be sent for. */
export interface LiteralAnswer {
  status: number;
  value: unknown;
}

const MOST_BYTES = 65_536;

/**
 * The answer of a plan that is all values: one step that answers what is written into the workflow, or nothing. Undefined for any other
 * plan, for CSV, and for types whose spelling Snowflake decides.
 */
export function literalAnswer(plan: Plan): LiteralAnswer | undefined {
  const [step, ...others] = plan.steps;
  if (!step || others.length > 0 || step.settings.pinned || step.previewRows !== undefined) return undefined;
  const end = plannedNode(plan, step.endsAt);
  if (end.type !== 'output.response' || end.disabled) return undefined;
  const { status = 200, format } = end.config as OutputResponseConfig;
  if (format === 'csv') return undefined;
  if (step.kind === 'action') return end.inputs.length === 0 ? { status, value: null } : undefined;
  const [first, ...more] = step.nodes.filter((id) => id !== step.endsAt);
  if (first === undefined || more.length > 0 || step.kind !== 'query' || step.scratch) return undefined;
  const source = plannedNode(plan, first);
  if (source.type !== 'source.values' || source.disabled) return undefined;
  const value = page(source.config as SourceValuesConfig, source.columns);
  return value && JSON.stringify(value).length <= MOST_BYTES ? { status, value } : undefined;
}

/** As a page of rows is answered. */
function page({ rows }: SourceValuesConfig, columns: readonly Column[]) {
  const readers = columns.map(({ type }) => readerOf(type));
  const shown: unknown[][] = [];
  for (const row of rows) {
    const cells = row.map((cell, index) => (cell === null ? null : readers[index]?.(cell)));
    if (cells.includes(undefined)) return undefined;
    shown.push(cells);
  }
  if (readers.includes(undefined)) return undefined;
  return { columns, rows: shown, rowCount: rows.length, nextCursor: null };
}

/** Undefined for a type, or from a reader for a cell, that only Snowflake can show. */
function readerOf(type: string): ((cell: NonNullable<Cell>) => unknown) | undefined {
  if (type.startsWith('VARCHAR')) return (cell) => String(cell);
  if (type === 'BOOLEAN') return (cell) => (typeof cell === 'boolean' ? cell : undefined);
  if (type === 'DATE') return (cell) => (/^\d{4}-\d{2}-\d{2}$/.test(String(cell)) ? cell : undefined);
  const [, precision, scale] = /^NUMBER\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision === undefined) return undefined;
  return (cell) => (Number(precision) <= 15 && scale === '0' ? whole(cell) : decimal(cell, Number(scale)));
}

const whole = (cell: NonNullable<Cell>) => (/^-?\d{1,15}$/.test(String(cell)) ? Number(cell) : undefined);

/** The spelling with all digits of the scale; leading zeros, a plus and the like are left to Snowflake. */
function decimal(cell: NonNullable<Cell>, scale: number): string | undefined {
  const [, number, fraction = ''] = /^(-?(?:0|[1-9]\d*))(?:\.(\d+))?$/.exec(String(cell)) ?? [];
  if (number === undefined || fraction.length > scale || /^-0(\.0*)?$/.test(String(cell))) return undefined;
  return scale === 0 ? number : `${number}.${fraction.padEnd(scale, '0')}`;
}

import { DocumentBuilder, sixInARow } from '../support/document-builder';

export const CHAOS_TABLE = 'CHAOS_MARKS';

/** A kind of run: its document, and whether it leaves a mark in the table, a call at the receiver, or waits for somebody. */
export interface ChaosKind {
  name: string;
  definition: object;
  marks: boolean;
  calls: boolean;
  rowCount?: number;
}

const marked = (name: string) =>
  new DocumentBuilder(name)
    .parameter('marker', 'string')
    .node('mark', 'source.sql', { sql: 'SELECT {{ parameters.marker }} AS MARKER', materialise: true });
const target = { database: 'DEMO', schema: 'PUBLIC', table: CHAOS_TABLE, mode: 'append' };

/** Reads, writes, and approvals before a write, each with a marker of its own run. */
export const chaosKinds: readonly ChaosKind[] = [
  { name: 'read', definition: sixInARow('Chaos: read'), marks: false, calls: false, rowCount: 3 },
  {
    name: 'write',
    definition: marked('Chaos: write').node('write', 'output.table', target, 'mark').build(),
    marks: true,
    calls: false,
  },
  {
    name: 'approval and write',
    definition: marked('Chaos: approval')
      .node('any', 'logic.condition', { expression: 'ROW_COUNT > 0' }, 'mark')
      .node('ask', 'logic.approval', { approvers: ['user:ANALYST'], message: 'May it be written?' }, 'any.true')
      .node('write', 'output.table', target, 'ask.approved')
      .build(),
    marks: true,
    calls: false,
  },
];

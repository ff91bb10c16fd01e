import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { DocumentBuilder, sixInARow } from '../support/document-builder';
import { slowSelect } from '../support/slow-statement';

export const CHAOS_TABLE = 'CHAOS_MARKS';

/** What a node of a run leaves outside: a row with the run's marker, or a webhook that names it. */
export interface Effect {
  node: string;
  at: 'table' | 'receiver';
}

/** A kind of run: its document, what it leaves outside, and how many rows its result has. */
export interface ChaosKind {
  name: string;
  definition: WorkflowDocument;
  effects: readonly Effect[];
  rowCount?: number;
}

const marked = (name: string) =>
  new DocumentBuilder(name)
    .parameter('marker', 'string')
    .node('mark', 'source.sql', { sql: 'SELECT {{ parameters.marker }} AS MARKER', materialise: true });
const target = { database: 'DEMO', schema: 'PUBLIC', table: CHAOS_TABLE, mode: 'append' };
const inTable: Effect = { node: 'write', at: 'table' };
const atReceiver: Effect = { node: 'tell', at: 'receiver' };

/** Reads, writes, webhooks, and waits and approvals before them, each with a marker of its own run. */
export function chaosKinds(receiverUrl: string): readonly ChaosKind[] {
  const webhook = {
    channel: 'webhook',
    url: receiverUrl,
    body: '{"marker": "{{ parameters.marker }}", "run": "{{ run }}", "rows": {{ value.rowCount }}}',
  };
  return [
    { name: 'read', definition: sixInARow('Chaos: read'), effects: [], rowCount: 3 },
    {
      name: 'slow read',
      definition: new DocumentBuilder('Chaos: slow read')
        .node('slow', 'source.sql', { sql: slowSelect(1) })
        .node('result', 'output.result', { name: 'Total', view: 'table' }, 'slow')
        .build(),
      effects: [],
      rowCount: 1,
    },
    {
      name: 'write',
      definition: marked('Chaos: write').node('write', 'output.table', target, 'mark').build(),
      effects: [inTable],
    },
    {
      name: 'webhook',
      definition: marked('Chaos: webhook').node('tell', 'output.notification', webhook, 'mark').build(),
      effects: [atReceiver],
    },
    {
      name: 'wait, write and webhook',
      definition: marked('Chaos: both')
        .node('pause', 'logic.wait', { durationSeconds: 3 }, 'mark')
        .node('write', 'output.table', target, 'pause')
        .node('tell', 'output.notification', webhook, 'pause')
        .build(),
      effects: [inTable, atReceiver],
    },
    {
      name: 'approval and write',
      definition: marked('Chaos: approval')
        .node('any', 'logic.condition', { expression: 'ROW_COUNT > 0' }, 'mark')
        .node('ask', 'logic.approval', { approvers: ['user:ANALYST'], message: 'May it be written?' }, 'any.true')
        .node('write', 'output.table', target, 'ask.approved')
        .build(),
      effects: [inTable],
    },
  ];
}

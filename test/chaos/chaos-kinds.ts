import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { DocumentBuilder, sixInARow } from '../support/document-builder';
import { slowSelect } from '../support/slow-statement';

export const CHAOS_TABLE = 'CHAOS_MARKS';

/** What a node of a run leaves outside: a row with the run's marker, or a webhook that names it. */
export interface Effect {
  node: string;
  at: 'table' | 'receiver';
  /** Where the node maps: which node of the called workflow leaves it, and the endings of the run's marker by item. */
  items?: { node: string; endings: readonly string[] };
}

/** How a node fails a run: with one of these codes. */
interface Failing {
  node: string;
  codes: readonly string[];
}

/** A kind of run: its document, what it leaves outside, and how many rows its result has. */
export interface ChaosKind {
  name: string;
  definition: WorkflowDocument;
  effects: readonly Effect[];
  rowCount?: number;
  /** Whoever started it cancels it while it runs. */
  isCancelled?: true;
  /** It fails so; without `mended` that is its end. */
  fails?: Failing;
  /** What makes the run with this marker succeed when it is tried again. */
  mended?(marker: string): Promise<void>;
}

/** How such a run is to end, where nobody has to say that they can't tell. */
export const endOf = ({ isCancelled, fails, mended }: ChaosKind): string =>
  isCancelled ? 'cancelled' : fails && !mended ? 'failed' : 'succeeded';

const marked = (name: string) =>
  new DocumentBuilder(name)
    .parameter('marker', 'string')
    .node('mark', 'source.sql', { sql: 'SELECT {{ parameters.marker }} AS MARKER', materialise: true });
const target = { database: 'DEMO', schema: 'PUBLIC', table: CHAOS_TABLE, mode: 'append' };
const inTable: Effect = { node: 'write', at: 'table' };
const atReceiver: Effect = { node: 'tell', at: 'receiver' };

const ENDINGS = ['-1', '-2', '-3'];
const threeMarks = `SELECT {{ parameters.marker }} || COLUMN1 AS MARKER FROM VALUES ${ENDINGS.map((each) => `('${each}')`).join(', ')}`;

const webhookTo = (url: string) => ({
  channel: 'webhook',
  url,
  body: '{"marker": "{{ parameters.marker }}", "run": "{{ run }}", "rows": {{ value.rowCount }}}',
});

/** What runs once for each item of a map: a write and a webhook. */
export const itemWorkflow = (receiverUrl: string): WorkflowDocument =>
  marked('Chaos: an item')
    .node('write', 'output.table', target, 'mark')
    .node('tell', 'output.notification', webhookTo(receiverUrl), 'mark')
    .build();

/** Until a marker stands there, its run divides by zero. */
export const GATE_TABLE = 'CHAOS_GATE';
const gate = `SELECT 1 / COUNT(*) AS OPENED FROM DEMO.PUBLIC.${GATE_TABLE} WHERE MARKER = {{ parameters.marker }}`;

/** Longer than anybody waits: it is cancelled, or has a time limit. */
const ENDLESS_SECONDS = 120;
const DIVISION_BY_ZERO = ['100051'];
/** Snowflake's own word for it, and ours where the warehouse stood still meanwhile. */
const OVER_TIME = ['000630', 'DEADLINE_EXCEEDED'];

/** Runs that don't go through to their end at once. */
function stoppedKinds(webhook: Record<string, unknown>, openGate: (marker: string) => Promise<void>): ChaosKind[] {
  const slow = { sql: slowSelect(ENDLESS_SECONDS), materialise: true };
  return [
    {
      name: 'cancelled while it runs',
      definition: marked('Chaos: cancelled')
        .node('tell', 'output.notification', webhook, 'mark')
        .node('slow', 'source.sql', slow)
        .node(
          'both',
          'shape.sql',
          { inputs: ['mark', 'slow'], sql: 'SELECT MARKER FROM mark CROSS JOIN slow' },
          { mark: 'mark', slow: 'slow' },
        )
        .node('write', 'output.table', target, 'both')
        .build(),
      effects: [inTable, atReceiver],
      isCancelled: true,
    },
    {
      name: 'failed, then retried',
      definition: marked('Chaos: retried')
        .node('write', 'output.table', target, 'mark')
        .node('gate', 'source.sql', { sql: gate, materialise: true })
        .node('tell', 'output.notification', webhook, 'gate')
        .build(),
      effects: [inTable, atReceiver],
      fails: { node: 'gate', codes: DIVISION_BY_ZERO },
      mended: openGate,
    },
    {
      name: 'timed out',
      definition: marked('Chaos: timed out')
        .node('write', 'output.table', target, 'mark')
        .node('slow', 'source.sql', { ...slow, timeoutMs: 1_000 })
        .node('tell', 'output.notification', webhook, 'slow')
        .build(),
      effects: [inTable, atReceiver],
      fails: { node: 'slow', codes: OVER_TIME },
    },
  ];
}

/**
 * Reads, writes, webhooks, waits and approvals before them, and maps over a workflow that does them, each with a marker of its own run.
 * Some are cancelled, fail at first or take too long. `itemWorkflowId`: the saved itemWorkflow.
 */
export function chaosKinds(
  receiverUrl: string,
  itemWorkflowId: string,
  openGate: (marker: string) => Promise<void>,
): readonly ChaosKind[] {
  const webhook = webhookTo(receiverUrl);
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
    {
      name: 'map of writes and webhooks',
      definition: new DocumentBuilder('Chaos: map')
        .parameter('marker', 'string')
        .node('marks', 'source.sql', { sql: threeMarks, materialise: true })
        .node(
          'each',
          'logic.map',
          { workflowId: itemWorkflowId, parameters: { marker: '{{ item.MARKER }}' }, maxItems: 3 },
          'marks',
        )
        .build(),
      effects: [
        { node: 'each', at: 'table', items: { node: 'write', endings: ENDINGS } },
        { node: 'each', at: 'receiver', items: { node: 'tell', endings: ENDINGS } },
      ],
    },
    ...stoppedKinds(webhook, openGate),
  ];
}

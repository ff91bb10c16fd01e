import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type {
  NodeRunView,
  RunErrorView,
  RunEvent,
  RunSummaryView,
  RunView,
} from '@snowflow/contracts/workflow/workflow.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { StoredError } from '../database/workflow-database';
import type { ListedRun, RunEventJson, RunNodeJson, RunNodeRow, StatementsJson } from './runs.repository';
import { runBinding, type PinnedPlan } from './sealed-run';
import { statementViewOf } from './statement-view';
import { withheldMessage } from './withheld-message';

const iso = (moment: Date | string | null) => (moment === null ? null : new Date(moment).toISOString());

/** What a run ran as is no business of who sees its status and times only. */
const UNTOLD: PinnedContext = { role: null, secondaryRoles: 'NONE', warehouse: null, database: null, schema: null };

/** A run as lists show it. */
export function summaryOf(run: ListedRun): RunSummaryView {
  return {
    id: run.id,
    workflowId: run.workflow_id,
    revision: run.revision,
    status: run.status,
    waitingFor: run.waits_for,
    trigger: run.trigger,
    startedBy: run.owner_name,
    context: run.detailed ? run.context : UNTOLD,
    createdAt: run.created_at.toISOString(),
    startedAt: iso(run.started_at),
    finishedAt: iso(run.finished_at),
  };
}

/** What a run came to. */
type WholeRun = ListedRun & { nodes: RunNodeJson[]; statements: StatementsJson };
/** What steps passed on, by node. */
type NodeValues = ReadonlyMap<string, Pick<NodeRunView, 'value' | 'valueBytes'>>;

/** Messages and values are its runner's: who else sees the details gets neither what failures quote nor what it was started with. */
export interface RunReader {
  own: boolean;
  values: NodeValues;
}

/** A run with its details, nodes that have not begun included. */
export function viewOf(sealer: Sealer, run: WholeRun, { own, values }: RunReader, pinned: PinnedPlan): RunView {
  const messageOf = ({ code }: StoredError, sealed: string | null) => {
    if (sealed === null) return {};
    return { message: own ? sealer.open(sealed, runBinding(run.tenant_id)) : withheldMessage(code) };
  };
  const errorOf = (error: StoredError | null, sealed: string | null): { error?: RunErrorView } =>
    error ? { error: { ...error, ...messageOf(error, sealed) } } : {};
  const unbegun = run.status === 'cancelled' ? 'cancelled' : 'pending';
  const entries = Object.keys(pinned.plan.stepsOf).map((id): [string, NodeRunView] => [
    id,
    { status: unbegun, startedAt: null, finishedAt: null, attempts: 0 },
  ]);
  const begun = run.nodes.map((row): [string, NodeRunView] => [
    row.node_id,
    { ...nodeEntryOf(row), ...errorOf(row.error, row.sealed_error), ...values.get(row.node_id) },
  ]);
  return {
    ...summaryOf(run),
    detailed: true,
    own,
    ...errorOf(run.error, run.sealed_error),
    nodes: Object.fromEntries([...entries, ...begun]),
    plan: pinned.view,
    statements: run.statements.shown.map(statementViewOf),
    statementsLeftOut: run.statements.left_out,
    parameters: own ? pinned.parameters : {},
  };
}

/** A run as others see it. */
export function outsideViewOf(run: ListedRun): RunView {
  return {
    ...summaryOf(run),
    detailed: false,
    own: false,
    nodes: {},
    plan: [],
    statements: [],
    statementsLeftOut: 0,
    parameters: {},
  };
}

type NodeEntry = Omit<RunNodeRow | RunNodeJson, 'tenant_id' | 'run_id' | 'node_id' | 'sealed_error'>;

/** A node's entry without its message, as events carry it. */
export function nodeEntryOf(row: NodeEntry): NodeRunView {
  return {
    status: row.status,
    ...(row.status === 'waiting' && row.waits_for !== null ? { waitsFor: row.waits_for } : {}),
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    ...(row.row_count === null ? {} : { rowCount: Number(row.row_count) }),
    ...(row.query_id === null ? {} : { queryId: row.query_id }),
    ...(row.step === null ? {} : { step: row.step }),
    attempts: row.attempts,
    ...(row.error === null ? {} : { error: row.error }),
  };
}

/** An event as the stream carries it. */
export function eventOf(row: RunEventJson): RunEvent {
  return {
    type: row.type,
    data: {
      seq: row.seq,
      at: new Date(row.at).toISOString(),
      runId: row.run_id,
      ...(row.node_id === null ? {} : { nodeId: row.node_id }),
      ...(row.node === null ? {} : { node: row.node }),
    },
  };
}

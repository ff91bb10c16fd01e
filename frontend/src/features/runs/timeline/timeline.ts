import { isTerminal, type NodeStatus, type RunStatus } from '@snowflow/contracts/runs/run-state';
import type { NodeRun, PlanStep } from '../../../api/types';

export interface TimelineRun {
  status: RunStatus;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  nodes: Readonly<Record<string, NodeRun>>;
  plan: readonly PlanStep[];
}

export type TimelineOrder = 'start' | 'duration';

export interface TimelineRow {
  nodeId: string;
  status: NodeStatus;
  /** The number of the statement, counted from 1, when several nodes share it. */
  shared: number | undefined;
  /** Whether the statement's time and row count are this node's own. */
  ends: boolean;
  /** An earlier run did this, and its outcome was taken over. */
  earlier: boolean;
  /** When the statement began and ended, as shares of the axis; undefined for what has not begun. */
  bar: { start: number; end: number } | undefined;
  startedMs: number | undefined;
  /** Measured on the statement; undefined while it goes on. */
  elapsedMs: number | undefined;
}

export interface Timeline {
  spanMs: number;
  /** Where the axis is now, as a share; undefined once the run has ended. */
  now: number | undefined;
  rows: TimelineRow[];
}

/** The nodes that one statement ran, and when it did, in ms after the run's start. */
interface Statement {
  number: number | undefined;
  nodeIds: string[];
  endsAt: string | undefined;
  begin: number | undefined;
  end: number | undefined;
  earlier: boolean;
}

const within = (share: number) => Math.min(Math.max(share, 0), 1);

/** Where each node's bar stands. Only measured times are drawn: nodes of one statement share its bar. */
export function timelineOf(run: TimelineRun, nowMs: number, order: TimelineOrder): Timeline {
  const origin = Date.parse(run.startedAt ?? run.createdAt);
  const statements = statementsOf(run, origin);
  const ended = isTerminal(run.status);
  const until = ended ? Date.parse(run.finishedAt ?? run.startedAt ?? run.createdAt) : nowMs;
  const spanMs = Math.max(1, until - origin, ...statements.flatMap(({ begin, end }) => [begin ?? 0, end ?? 0]));
  const sorted = [...statements].sort(order === 'start' ? byStart : byDuration(spanMs));
  return {
    spanMs,
    now: ended ? undefined : within((nowMs - origin) / spanMs),
    rows: sorted.flatMap((statement) => rowsOf(run, statement, spanMs)),
  };
}

function statementsOf(run: TimelineRun, origin: number): Statement[] {
  const groups = new Map<string, string[]>();
  for (const id of inPlanOrder(run)) {
    const step = run.nodes[id]?.step ?? run.plan.find(({ nodes }) => nodes.includes(id))?.step ?? id;
    groups.set(step, [...(groups.get(step) ?? []), id]);
  }
  return [...groups].map(([step, nodeIds]) => {
    const index = run.plan.findIndex((planned) => planned.step === step);
    const begins = moments(run, nodeIds, 'startedAt').map((ms) => ms - origin);
    const ends = moments(run, nodeIds, 'finishedAt').map((ms) => ms - origin);
    const going = nodeIds.some((id) => ['running', 'waiting'].includes(run.nodes[id]?.status ?? ''));
    const end = going || ends.length === 0 ? undefined : Math.max(...ends);
    return {
      number: index >= 0 && (run.plan[index]?.nodes.length ?? 0) > 1 ? index + 1 : undefined,
      nodeIds,
      endsAt: run.plan[index]?.nodes.at(-1),
      begin: begins.length > 0 ? Math.min(...begins) : undefined,
      end,
      earlier: end !== undefined && end < Date.parse(run.createdAt) - origin,
    };
  });
}

/** Statement by statement; nodes that no statement names come last. */
function inPlanOrder({ plan, nodes }: TimelineRun): string[] {
  const planned = plan.flatMap((step) => step.nodes).filter((id) => id in nodes);
  return [...new Set([...planned, ...Object.keys(nodes)])];
}

function moments({ nodes }: TimelineRun, ids: readonly string[], key: 'startedAt' | 'finishedAt'): number[] {
  return ids.flatMap((id) => nodes[id]?.[key] ?? []).map((moment) => Date.parse(moment));
}

/** What has not begun stands last, in the order of the plan. */
const byStart = (a: Statement, b: Statement) => (a.begin ?? Infinity) - (b.begin ?? Infinity) || 0;

const byDuration = (spanMs: number) => (a: Statement, b: Statement) => lengthOf(b, spanMs) - lengthOf(a, spanMs);
const lengthOf = ({ begin, end }: Statement, spanMs: number) => (begin === undefined ? -1 : (end ?? spanMs) - begin);

function rowsOf(run: TimelineRun, statement: Statement, spanMs: number): TimelineRow[] {
  const { number, nodeIds, endsAt, begin, end, earlier } = statement;
  const start = within((begin ?? 0) / spanMs);
  const bar =
    begin === undefined || earlier ? undefined : { start, end: Math.max(start, within((end ?? spanMs) / spanMs)) };
  return nodeIds.map((nodeId) => {
    const ends = endsAt === undefined || endsAt === nodeId;
    return {
      nodeId,
      status: run.nodes[nodeId]?.status ?? 'pending',
      shared: number,
      ends,
      earlier,
      bar,
      startedMs: begin,
      elapsedMs: ends && begin !== undefined && end !== undefined ? Math.max(0, end - begin) : undefined,
    };
  });
}

import type { NodeRun, PlanStep } from '../api/types';
import type { LiveRun } from '../features/runs/details/use-live-run';

/** Who ran it, how and as what. */
export const history = {
  startedBy: 'ADA',
  trigger: 'manual' as const,
  context: { role: 'ANALYST', secondaryRoles: 'NONE' as const, warehouse: 'WH', database: null, schema: null },
  waitingFor: null,
};

/** A statement of a run, by itself. */
export const planStep = (step: string, nodes: string[], sql?: string): PlanStep => ({
  step,
  kind: 'query',
  nodes,
  dependsOn: [],
  ...(sql === undefined ? {} : { sql }),
});

/** A node of a run, two seconds after its start where it began. */
export const nodeRun = (status: NodeRun['status'], more: Partial<NodeRun> = {}): NodeRun => ({
  status,
  startedAt: status === 'pending' ? null : '2026-05-01T10:00:02.000Z',
  finishedAt: status === 'succeeded' || status === 'failed' ? '2026-05-01T10:00:03.500Z' : null,
  attempts: status === 'pending' ? 0 : 1,
  ...more,
});

/** A run of `orders` and `dear` in one statement, then of `written` in another. */
export const liveRun = (more: Partial<LiveRun> = {}): LiveRun => ({
  id: 'run_1',
  workflowId: 'wf_1',
  revision: 3,
  status: 'succeeded',
  createdAt: '2026-05-01T10:00:00.000Z',
  startedAt: '2026-05-01T10:00:01.000Z',
  finishedAt: '2026-05-01T10:00:05.000Z',
  nodes: {
    orders: nodeRun('succeeded', { step: 's1', finishedAt: null, queryId: 'q-1' }),
    dear: nodeRun('succeeded', { step: 's1', queryId: 'q-1', rowCount: 12 }),
    written: nodeRun('succeeded', { step: 's2', queryId: 'q-2', rowCount: 12 }),
  },
  plan: [planStep('s1', ['orders', 'dear'], 'SELECT 1\nFROM ORDERS'), planStep('s2', ['written'], 'INSERT INTO T')],
  events: [],
  parameters: {},
  statements: [],
  statementsLeftOut: 0,
  detailed: true,
  own: true,
  ...history,
  ...more,
});

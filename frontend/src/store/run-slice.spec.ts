import type { NodeRun, Run, RunEvent } from '../api/types';
import { createBuilderStore } from './builder-store';

const entry = (status: NodeRun['status'], more: Partial<NodeRun> = {}): NodeRun => ({
  status,
  startedAt: null,
  finishedAt: null,
  attempts: 1,
  ...more,
});
const event = (seq: number, type: string, nodeId?: string, node?: NodeRun): RunEvent => ({
  type,
  data: {
    seq,
    at: `2026-05-01T10:00:0${seq}.000Z`,
    runId: 'run_1',
    ...(nodeId && node ? { nodeId, node } : {}),
  },
});

function started() {
  const store = createBuilderStore();
  store.getState().addNode('source.table', {});
  store.getState().beginRun('run_1');
  return store;
}

describe('a run on the canvas', () => {
  it('follows its events to the end', () => {
    const store = started();
    const { applyRunEvent } = store.getState();
    applyRunEvent(event(1, 'run.started'));
    applyRunEvent(event(2, 'node.running', 'table1', entry('running')));
    expect(store.getState().run).toMatchObject({ status: 'running', nodes: { table1: { status: 'running' } } });
    applyRunEvent(event(3, 'node.succeeded', 'table1', entry('succeeded', { rowCount: 5 })));
    applyRunEvent(event(4, 'run.succeeded'));
    expect(store.getState().run).toMatchObject({
      status: 'succeeded',
      finishedAt: '2026-05-01T10:00:04.000Z',
      nodes: { table1: { rowCount: 5 } },
    });
  });

  it('ignores events it has seen and events of other runs', () => {
    const store = started();
    const { applyRunEvent } = store.getState();
    applyRunEvent(event(1, 'run.started'));
    const before = store.getState().run;
    applyRunEvent(event(1, 'run.failed'));
    applyRunEvent({ type: 'run.failed', data: { seq: 9, at: '', runId: 'run_2' } });
    expect(store.getState().run).toBe(before);
  });

  const read = (table1: NodeRun): Run => ({
    id: 'run_1',
    workflowId: 'wf_1',
    revision: 1,
    status: 'running',
    waitingFor: null,
    trigger: 'manual',
    startedBy: 'ANA',
    context: { role: 'ANALYST', secondaryRoles: 'NONE', warehouse: 'WH', database: null, schema: null },
    createdAt: '2026-05-01T10:00:00.000Z',
    startedAt: '2026-05-01T10:00:01.000Z',
    finishedAt: null,
    nodes: { table1 },
    plan: [],
    parameters: {},
    statements: [],
    statementsLeftOut: 0,
    detailed: true,
    own: true,
  });

  it('is not taken back by a replay after the state was read', () => {
    const store = started();
    store.getState().loadRun(read(entry('failed', { error: { code: 'SQL_FAILED', message: 'Numeric value' } })));
    store.getState().applyRunEvent(event(1, 'node.running', 'table1', entry('running')));
    expect(store.getState().run?.nodes['table1']?.status).toBe('failed');
    store
      .getState()
      .applyRunEvent(event(2, 'node.failed', 'table1', entry('failed', { error: { code: 'SQL_FAILED' } })));
    expect(store.getState().run?.nodes['table1']?.error?.message).toBe('Numeric value');
  });

  it('keeps the value that was read over a repeated event', () => {
    const store = started();
    store.getState().loadRun(read(entry('succeeded', { value: { rowCount: 3 }, valueBytes: 14 })));
    store.getState().applyRunEvent(event(1, 'node.succeeded', 'table1', entry('succeeded')));
    expect(store.getState().run?.nodes['table1']).toMatchObject({ value: { rowCount: 3 }, valueBytes: 14 });
  });

  it('lets a second attempt run again', () => {
    const store = started();
    store.getState().applyRunEvent(event(1, 'node.failed', 'table1', entry('failed')));
    store.getState().applyRunEvent(event(2, 'node.running', 'table1', entry('running', { attempts: 2 })));
    expect(store.getState().run?.nodes['table1']?.status).toBe('running');
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import * as approvals from '../../../api/approvals';
import * as runs from '../../../api/runs';
import type { Workflow } from '../../../api/types';
import { agentStep } from '../../../testing/agent-step';
import { anApproval } from '../../../testing/an-approval';
import { liveRun, nodeRun } from '../../../testing/live-run';
import { nodeNames } from './node-names';
import { RunDetails } from './RunDetails';
import type { LiveRun } from './use-live-run';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../../api/runs');
jest.mock('../../../api/approvals');
jest.mock('../../../api/auth', () => ({ fetchMe: () => Promise.resolve({ account: 'acme-eu01' }) }));
const api = jest.mocked(runs);
const inbox = jest.mocked(approvals);

const workflow: Workflow = {
  id: 'wf_1',
  name: 'Dear orders',
  revision: 4,
  published: null,
  createdBy: 'ADA',
  updatedAt: '2026-05-01T09:00:00.000Z',
  owner: 'ANA',
  access: 'own',
  tags: [],
  definition: {
    schemaVersion: 1,
    name: 'Dear orders',
    description: '',
    parameters: [],
    nodes: [
      { id: 'orders', type: 'source.table', label: 'Orders', position: { x: 0, y: 0 }, config: {} },
      { id: 'dear', type: 'shape.filter', label: 'Dear ones', position: { x: 300, y: 0 }, config: {} },
      { id: 'decide', type: 'logic.approval', label: 'Finance', position: { x: 500, y: 0 }, config: {} },
      { id: 'ask', type: 'ai.agent', label: 'Asker', position: { x: 550, y: 0 }, config: {} },
      { id: 'written', type: 'output.table', label: 'Target', position: { x: 600, y: 0 }, config: {} },
    ],
    edges: [],
    notes: [],
    groups: [],
  },
};

function show(run: LiveRun, path = '/runs/run_1') {
  render(
    <MemoryRouter initialEntries={[path]}>
      <QueryClientProvider client={new QueryClient()}>
        <RunDetails run={run} workflow={workflow} names={nodeNames(workflow.definition)} reconnecting={false} />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return userEvent.setup();
}
const timeline = () => within(screen.getByRole('region', { name: 'Timeline' }));

describe('The details of a run', () => {
  beforeEach(() => {
    api.startRun.mockResolvedValue('run_2');
    inbox.fetchApprovals.mockResolvedValue([]);
    api.cancelRun.mockResolvedValue(undefined as never);
  });
  afterEach(() => jest.resetAllMocks());

  it('read as a table: each node with its state, its period and its time', () => {
    show(liveRun());
    const rows = timeline()
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.textContent);
    expect(rows).toEqual([
      'OrdersDoneFrom 1.0 s, with statement 1in statement 1',
      'Dear onesDoneFrom 1.0 s to 2.5 s1.5 s12',
      'TargetDoneFrom 1.0 s to 2.5 s1.5 s12',
    ]);
    screen.getByText('Names and places are those of version 4, which the workflow has now.');
  });

  it('open one statement at a time, with its nodes and its SQL', async () => {
    const user = show(liveRun());
    await user.click(screen.getByRole('button', { name: 'Statement 1' }));
    within(screen.getByRole('list', { name: 'Nodes of statement 1' })).getByText('Dear ones');
    expect(screen.getByLabelText('SQL').textContent).toBe('SELECT 1\nFROM ORDERS');
    await user.click(screen.getByRole('button', { name: 'Statement 2' }));
    expect(screen.getByLabelText('SQL').textContent).toBe('INSERT INTO T');
  });

  it('show what a statement took, and mark the one with a hint', async () => {
    const profile = { step: 's2', queryId: 'q-2', state: 'succeeded' as const, attempts: 1, estimatedCredits: 0.0123 };
    const user = show(liveRun({ statements: [{ ...profile, stats: { bytesScanned: 5e6, bytesSpilled: 3e9 } }] }));
    await user.click(screen.getByRole('button', { name: 'Statement 1' }));
    expect(screen.queryByRole('group', { name: /^Statistics/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Statement 2 , with a hint' }));
    const shown = within(screen.getByRole('group', { name: 'Statistics of statement 2' }));
    expect(shown.getByText('Scanned').nextSibling?.textContent).toBe('5 MB');
    expect(shown.getByText('Credits').nextSibling?.textContent).toBe('est. 0.012');
    shown.getByText(/^It spilled 3 GB to disk/);
  });

  it('say how many statements more the called workflows sent, where they sent any', () => {
    const sent = { step: 'm/3/r', queryId: 'q-3', state: 'failed' as const, attempts: 1, estimatedCredits: null };
    show(liveRun({ statements: [sent], statementsLeftOut: 1_900 }));
    screen.getByText('… and 1,901 more, sent by the workflows that it called.');
  });

  it('say on which line a statement failed', async () => {
    const error = { code: 'SQL_FAILED', message: 'No such column', line: 2, nodeId: 'dear' };
    const nodes = { orders: nodeRun('failed', { step: 's1' }), dear: nodeRun('failed', { step: 's1', error }) };
    const user = show(liveRun({ status: 'failed', error, nodes }));
    await user.click(screen.getByRole('button', { name: 'Show statement 1' }));
    expect(screen.getByText('FROM ORDERS', { selector: 'code' }).parentElement?.textContent).toBe(
      'Line 2: FROM ORDERS',
    );
  });

  it('lead to each query in Snowsight', async () => {
    show(liveRun());
    const link = await screen.findByRole('link', { name: /^q-2\b.*opens in Snowsight/ });
    expect(link.getAttribute('href')).toBe('https://app.snowflake.com/acme/eu01/#/compute/history/queries/q-2/detail');
  });

  it('run the same revision again, with the same parameters', async () => {
    const user = show(liveRun({ parameters: { region: 'EU' } }));
    screen.getByText('1 parameter');
    await user.click(screen.getByRole('button', { name: 'Run again' }));
    expect(api.startRun.mock.calls).toEqual([['wf_1', 3, { mode: undefined, parameters: { region: 'EU' } }]]);
  });

  it.each([
    ['Run from here', { from: 'dear', runId: 'run_1' }],
    ['Run to here', { to: 'dear' }],
  ])('go on by “%s” of a node', async (name, mode) => {
    const user = show(liveRun({ status: 'failed' }), '/runs/run_1?node=dear');
    await user.click(screen.getByRole('button', { name }));
    expect(api.startRun.mock.calls).toEqual([['wf_1', 3, { mode, parameters: {} }]]);
  });

  it('go on from what failed', async () => {
    api.retryRun.mockResolvedValue('run_3');
    const user = show(liveRun({ status: 'failed' }));
    await user.click(screen.getByRole('button', { name: 'Retry from failed' }));
    expect(api.retryRun.mock.calls).toEqual([['run_1']]);
  });

  it('let nothing go on from a run that has not ended', async () => {
    const user = show(liveRun({ status: 'running', finishedAt: null }), '/runs/run_1?node=dear');
    await user.click(screen.getByRole('button', { name: 'Run from here' }));
    expect(api.startRun).not.toHaveBeenCalled();
    expect(screen.queryByRole('button', { name: 'Retry from failed' })).toBeNull();
  });

  it('say who started it as what, and what a queued run waits for', () => {
    show(liveRun({ status: 'queued', startedAt: null, waitingFor: 'warehouse', trigger: 'schedule' }));
    for (const text of ['ADA, on schedule', 'ANALYST', 'WH', 'a place in the warehouse']) screen.getByText(text);
  });

  it('show the values it was started with, however long', () => {
    show(liveRun({ parameters: { segment: 'BUILDING', most: 12 } }));
    screen.getByText('2 parameters');
    expect(screen.getByText('segment').nextSibling?.textContent).toBe('BUILDING');
    expect(screen.getByText('most').nextSibling?.textContent).toBe('12');
  });

  const waiting = () =>
    liveRun({ status: 'waiting', finishedAt: null, nodes: { decide: nodeRun('waiting', { waitsFor: 'approval' }) } });

  it('say that a node waits for the decision of others', () => {
    show(waiting());
    timeline().getByText('Waits for a decision');
    screen.getByText('Finance waits for a decision.');
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('let the person decide what waits for them', async () => {
    inbox.fetchApprovals.mockResolvedValue([anApproval()]);
    const user = show(waiting());
    await screen.findByRole('article', { name: 'Finance waits for your decision' });
    await user.click(screen.getByRole('button', { name: 'Approve' }));
    expect(inbox.decideApproval).toHaveBeenCalledTimes(1);
  });

  it('ask about the calls of an agent by the names of their tools, and show its trace', async () => {
    api.fetchAgentTrace.mockResolvedValue({ items: [agentStep('m1')], next: null });
    inbox.fetchApprovals.mockResolvedValue([
      anApproval({ nodeId: 'ask/m1/t1', message: 'The agent wants to call “notify”.' }),
      anApproval({ nodeId: 'ask/m1/t2', message: 'The agent wants to call “write”.' }),
    ]);
    show(
      liveRun({ status: 'waiting', finishedAt: null, nodes: { ask: nodeRun('waiting', { waitsFor: 'workflow' }) } }),
      '/runs/run_1?node=ask',
    );
    expect(await screen.findAllByRole('article', { name: 'Asker waits for your decision' })).toHaveLength(2);
    for (const tool of ['notify', 'write']) screen.getByText(`The agent wants to call “${tool}”.`);
    await screen.findByRole('heading', { name: 'Trace' });
    expect(timeline().getAllByText('Waits for a decision').length).toBeGreaterThan(0);
  });

  it('can not be repeated where the document was not saved', async () => {
    const user = show(liveRun({ workflowId: null, revision: null }));
    const again = screen.getByRole('button', { name: 'Run again' });
    expect(again.title).toBe('The document of this run was not saved');
    await user.click(again);
    expect(api.startRun).not.toHaveBeenCalled();
  });

  it('can not be repeated by others than who ran it, for they do not see with what', async () => {
    const user = show(liveRun({ own: false, status: 'failed' }), '/runs/run_1?node=dear');
    for (const name of ['Run again', 'Retry from failed', 'Run to here', 'Run from here']) {
      const button = screen.getByRole('button', { name });
      expect(button.title).toBe('Its parameters are shown to who ran it. Run it in the builder');
      await user.click(button);
    }
    expect(api.retryRun).not.toHaveBeenCalled();
    expect(api.startRun).not.toHaveBeenCalled();
  });

  it('cancel at once, but ask while a table is written', async () => {
    const reading = liveRun({ status: 'running', finishedAt: null, nodes: { dear: nodeRun('running') } });
    const user = show(reading);
    await user.click(screen.getByRole('button', { name: 'Cancel run' }));
    expect(api.cancelRun).toHaveBeenCalledTimes(1);
    document.body.replaceChildren();

    show({ ...reading, nodes: { written: nodeRun('running', { step: 's2' }) } });
    await user.click(screen.getByRole('button', { name: 'Cancel run' }));
    expect(api.cancelRun).toHaveBeenCalledTimes(1);
    const dialog = within(screen.getByRole('dialog', { name: 'Cancel this run?' }));
    dialog.getByText(/^Target is writing a table now/);
    await user.click(dialog.getByRole('button', { name: 'Cancel run' }));
    expect(api.cancelRun).toHaveBeenCalledTimes(2);
  });
});

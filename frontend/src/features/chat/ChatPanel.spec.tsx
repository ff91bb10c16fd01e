import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import * as runs from '../../api/runs';
import type { NodeRun } from '../../api/types';
import { askedWorkflow } from '../../testing/asked-workflow';
import { liveRun, nodeRun, planStep } from '../../testing/live-run';
import type { LiveRun } from '../runs/details/use-live-run';
import { watchRun } from '../runs/watch-run';
import { ChatPanel } from './ChatPanel';
import { useChats } from './chat-store';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/runs');
jest.mock('../runs/watch-run');
jest.mock('../../api/auth', () => ({ fetchMe: () => Promise.resolve({ tenantId: 't', username: 'ADA' }) }));
const api = jest.mocked(runs);
const watch = jest.mocked(watchRun);

const history = { name: 'history', type: 'string' as const, default: '' };
const plan = [
  planStep('s1', ['orders', 'listed'], 'SELECT 12\nFROM ORDERS'),
  { ...planStep('s2', ['reply']), kind: 'action' as const },
];
const replied = (value: NodeRun['value'], more: Partial<LiveRun> = {}) =>
  liveRun({
    plan,
    nodes: {
      orders: nodeRun('succeeded', { step: 's1', queryId: 'q-1' }),
      reply: nodeRun('succeeded', { value, valueBytes: 10 }),
    },
    ...more,
  });

function show(definition: WorkflowDocument = askedWorkflow([history])) {
  const start = jest.fn((_parameters: Record<string, string>) => Promise.resolve('run_1'));
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ChatPanel workflowId="wf_1" parameters={definition.parameters} definition={definition} start={start} />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  const user = userEvent.setup();
  const ask = async (question: string) => {
    await waitFor(() => expect(useChats.getState().chats['t:ADA:wf_1']).toBeDefined());
    await user.type(screen.getByRole('textbox', { name: 'Question' }), `${question}{Enter}`);
  };
  return { user, start, ask };
}

describe('A chat', () => {
  beforeAll(() => {
    Element.prototype.scrollIntoView = () => undefined;
  });
  beforeEach(() => {
    useChats.getState().forget();
    watch.mockResolvedValue(undefined);
    api.cancelRun.mockResolvedValue(undefined as never);
  });
  afterEach(() => jest.resetAllMocks());

  it('runs the workflow with the question, shows the answer and what it rests on', async () => {
    api.fetchRun.mockResolvedValue(replied({ answer: 'There are **twelve**.' }));
    const { start, ask, user } = show();
    await ask('How many?');
    expect(start.mock.calls).toEqual([[{ question: 'How many?', history: '[]' }]]);
    expect((await screen.findByText('twelve')).tagName).toBe('STRONG');
    await user.click(screen.getByText('Rests on 1 statement'));
    expect(screen.getByText(/reads SALES.CORE.ORDERS/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Statement 1' }).getAttribute('href')).toBe('/runs/run_1?step=s1');
    expect(screen.getByLabelText('SQL').textContent).toBe('SELECT 12\nFROM ORDERS');
  });

  it('tells later questions what was said before, where the workflow takes that', async () => {
    api.fetchRun.mockResolvedValue(replied('Twelve'));
    const { start, ask } = show();
    await ask('How many?');
    await screen.findByRole('button', { name: 'Ask' });
    await ask('And yesterday?');
    expect(JSON.parse(start.mock.calls[1]?.[0]['history'] ?? '')).toEqual([
      { role: 'user', content: 'How many?' },
      { role: 'assistant', content: 'Twelve' },
    ]);
  });

  it('gives the question alone where nothing else is taken', async () => {
    api.fetchRun.mockResolvedValue(replied('Twelve'));
    const { start, ask } = show(askedWorkflow());
    await ask('How many?');
    expect(start.mock.calls).toEqual([[{ question: 'How many?' }]]);
  });

  it('asks one question at a time, and stops its run', async () => {
    api.fetchRun.mockResolvedValue(replied('', { status: 'running', finishedAt: null, nodes: {} }));
    const { start, ask, user } = show();
    await ask('How many?');
    await ask('Another?');
    expect(start).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(api.cancelRun.mock.calls[0]?.[0]).toBe('run_1');
    const watcher = watch.mock.calls[0]?.[2];
    act(() =>
      watcher?.onEvent({ type: 'run.cancelled', data: { seq: 9, at: '2026-05-01T10:00:09.000Z', runId: 'run_1' } }),
    );
    await screen.findByText('Stopped.');
    await screen.findByRole('button', { name: 'Ask' });
  });

  it('says why a question was not run, and why one was not answered', async () => {
    const { start, ask } = show();
    start.mockRejectedValueOnce(new Error('The draft is not saved yet, so it was not run.'));
    await ask('Early?');
    expect((await screen.findByRole('alert')).textContent).toContain('The draft is not saved yet');
    const error = { code: 'MODEL_FAILED', message: 'The model does not answer.' };
    api.fetchRun.mockResolvedValue(replied('', { status: 'failed', error, nodes: {} }));
    await ask('And now?');
    await screen.findByText('The model does not answer.');
  });

  it('leads to the approval that an answer waits for', async () => {
    const nodes = { decide: nodeRun('waiting') };
    api.fetchRun.mockResolvedValue(replied('', { status: 'waiting', finishedAt: null, nodes }));
    const { ask } = show();
    await ask('May I?');
    expect((await screen.findByRole('link', { name: 'Open the approval' })).getAttribute('href')).toBe(
      '/runs/run_1?node=decide',
    );
  });

  it('shows rows as a table, and a single cell as words', async () => {
    const nodes = { listed: nodeRun('succeeded', { step: 's1', queryId: 'q-1', rowCount: 1 }) };
    api.fetchRun.mockResolvedValue(replied('', { nodes }));
    api.fetchResult.mockResolvedValue({
      columns: [{ name: 'TEXT', type: 'VARCHAR', nullable: true }],
      rows: [['In one cell']],
      rowCount: 1,
      nextCursor: null,
    });
    const { ask } = show();
    await ask('What?');
    await screen.findByText('In one cell');
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it('keeps no row, and no more than the tab', async () => {
    api.fetchRun.mockResolvedValue(replied('Twelve'));
    const { ask, user } = show();
    await ask('How many?');
    await screen.findByText('Twelve');
    await waitFor(() => expect(JSON.stringify(sessionStorage)).toContain('Twelve'));
    await user.click(screen.getByRole('button', { name: 'Begin anew' }));
    expect(within(screen.getByRole('log')).queryByText('Twelve')).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  it('says what keeps a question from being asked', () => {
    show(askedWorkflow([{ name: 'region', type: 'string' }]));
    screen.getByText('Give region a default first: a chat gives the question alone.');
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import { UnreachableError } from '../api/api-error';
import * as runs from '../api/runs';
import type { RunSummary, WorkflowSummary } from '../api/types';
import * as workflows from '../api/workflows';
import { history } from '../testing/live-run';
import { RunsPage } from './RunsPage';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../api/runs');
jest.mock('../api/workflows');
jest.mock('../components/Sidebar', () => ({ Sidebar: () => null }));
const api = jest.mocked(runs);

const run = (id: string, more: Partial<RunSummary> = {}): RunSummary => ({
  id,
  workflowId: 'wf_1',
  revision: 1,
  status: 'succeeded',
  createdAt: '2026-05-01T10:00:00.000Z',
  startedAt: '2026-05-01T10:00:01.000Z',
  finishedAt: '2026-05-01T10:00:03.000Z',
  ...history,
  ...more,
});
const page = (...items: RunSummary[]) => ({ items, nextCursor: null });

/** What stands behind the path in the browser's address. */
function Address() {
  return <output data-testid="address">{useLocation().search}</output>;
}

function open(address = '/runs') {
  render(
    <MemoryRouter initialEntries={[address]}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <RunsPage />
        <Address />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return { user: userEvent.setup(), address: () => screen.getByTestId('address').textContent };
}

describe('The list of runs', () => {
  beforeEach(() => {
    const known = { id: 'wf_1', name: 'Dear orders' } as WorkflowSummary;
    jest.mocked(workflows).fetchWorkflows.mockResolvedValue({ items: [known], nextCursor: null });
    jest
      .mocked(workflows)
      .fetchWorkflow.mockImplementation((id) =>
        Promise.resolve({ id, name: `Older ${id}` } as Awaited<ReturnType<typeof workflows.fetchWorkflow>>),
      );
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.resetAllMocks();
  });

  it('names the workflow of each run, also of one that was not changed for long, and one that was never saved', async () => {
    api.fetchRuns.mockResolvedValue(
      page(run('run_1'), run('run_2', { workflowId: 'wf_9' }), run('run_3', { workflowId: null, revision: null })),
    );
    open();
    await screen.findByRole('link', { name: 'Dear orders' });
    await screen.findByRole('link', { name: 'Older wf_9' });
    await screen.findByRole('link', { name: 'Unsaved workflow' });
    expect(screen.getAllByText('2.0 s')).toHaveLength(3);
  });

  it('is filtered by what stands in the address, and says when nothing matches', async () => {
    api.fetchRuns.mockResolvedValue(page());
    const { user, address } = open('/runs?workflow=wf_1');
    await screen.findByText('No run matches.');
    await screen.findByRole('option', { name: 'Dear orders' });
    await user.selectOptions(screen.getByLabelText('Status'), 'Failed');
    expect(api.fetchRuns.mock.lastCall?.[0]).toEqual({ status: 'failed', workflowId: 'wf_1' });
    expect(address()).toBe('?status=failed&workflow=wf_1');
    await user.click(await screen.findByRole('button', { name: 'Clear filters' }));
    await screen.findByText('No runs yet.');
    expect(address()).toBe('');
  });

  it('says why it could not be read, and tries again when asked to', async () => {
    api.fetchRuns.mockRejectedValueOnce(new UnreachableError(undefined));
    const { user } = open();
    await screen.findByText('SnowFlow cannot reach its server.');
    api.fetchRuns.mockResolvedValue(page(run('run_1')));
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    await screen.findByRole('link', { name: 'Dear orders' });
  });

  it('is read again while a run goes on, and no more after its end', async () => {
    jest.useFakeTimers();
    api.fetchRuns.mockResolvedValueOnce(page(run('run_1', { status: 'running', finishedAt: null })));
    api.fetchRuns.mockResolvedValue(page(run('run_1')));
    open();
    await act(() => jest.advanceTimersByTimeAsync(100));
    screen.getByText('Running', { selector: '.state-chip' });
    await act(() => jest.advanceTimersByTimeAsync(2_100));
    screen.getByText('Done', { selector: '.state-chip' });
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(api.fetchRuns).toHaveBeenCalledTimes(2);
  });
});

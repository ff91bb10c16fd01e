import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import * as runs from '../../../api/runs';
import type { RunEvent } from '../../../api/types';
import { liveRun, nodeRun } from '../../../testing/live-run';
import { watchRun } from '../watch-run';
import { useLiveRun } from './use-live-run';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../../api/runs');
jest.mock('../watch-run');
const api = jest.mocked(runs);
const watch = jest.mocked(watchRun);

const going = liveRun({ status: 'running', finishedAt: null, nodes: { dear: nodeRun('running') } });
const event = (seq: number, type: string, more: Partial<RunEvent['data']> = {}): RunEvent => ({
  type,
  data: { seq, at: '2026-05-01T10:00:06.000Z', runId: 'run_1', ...more },
});

async function setUp() {
  const queries = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const hook = renderHook(() => useLiveRun('run_1'), { wrapper });
  await waitFor(() => expect(watch).toHaveBeenCalled());
  const [id, signal, watcher] = watch.mock.calls[0] ?? [];
  if (!signal || !watcher) throw new Error('Nobody watches.');
  return { ...hook, id, signal, watcher, run: () => hook.result.current.query.data };
}

describe('useLiveRun', () => {
  beforeEach(() => watch.mockResolvedValue(undefined));
  afterEach(() => jest.resetAllMocks());

  it('reads the run, then goes on by its events, and reads what they leave out', async () => {
    api.fetchRun.mockResolvedValue(going);
    const { id, watcher, run } = await setUp();
    expect([id, run()?.nodes['dear']?.status]).toEqual(['run_1', 'running']);
    act(() =>
      watcher.onEvent(event(1, 'node.failed', { nodeId: 'dear', node: nodeRun('failed', { error: { code: 'X' } }) })),
    );
    act(() => watcher.onEvent(event(2, 'run.failed')));
    await waitFor(() => expect([run()?.status, run()?.nodes['dear']?.status]).toEqual(['failed', 'failed']));
    api.fetchRun.mockResolvedValue({
      ...going,
      status: 'failed',
      nodes: { dear: nodeRun('failed', { error: { code: 'X', message: 'No such column' } }) },
    });
    await act(() => watcher.reload());
    await waitFor(() => expect(run()?.nodes['dear']?.error?.message).toBe('No such column'));
    expect(run()?.events).toHaveLength(2);
  });

  it('does not read a run anew that was over when it was opened', async () => {
    api.fetchRun.mockResolvedValue(liveRun());
    const { watcher } = await setUp();
    await act(() => watcher.reload());
    expect(api.fetchRun).toHaveBeenCalledTimes(1);
  });

  it('stops watching with the page', async () => {
    api.fetchRun.mockResolvedValue(going);
    const { signal, unmount } = await setUp();
    unmount();
    expect(signal.aborted).toBe(true);
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import * as api from '../../api/scratch-tables';
import type { ScratchTables } from '../../api/scratch-tables';
import * as auth from '../../api/auth';
import { Toasts } from '../../components/Toasts';
import { ScratchTablesPage } from './ScratchTablesPage';

// The network ends here: what is answered is said.
jest.mock('../../api/scratch-tables');
jest.mock('../../api/auth');

const since = new Date(Date.now() - 3 * 3_600_000).toISOString();
const overdue = {
  database: 'DEMO',
  schema: 'PUBLIC',
  name: 'SNOWFLOW_SCRATCH_run_1_big',
  runId: 'run_1',
  person: 'ANALYST',
  since,
};
const task = { database: 'DEMO', schema: 'PUBLIC', sql: 'CREATE OR REPLACE TASK "DEMO"."PUBLIC"."SWEEP" …' };

function open(answer: Partial<ScratchTables>, appRole: 'admin' | 'viewer' = 'admin') {
  jest
    .mocked(auth.fetchMe)
    .mockResolvedValue({ username: 'DEMO', appRole } as Awaited<ReturnType<typeof auth.fetchMe>>);
  jest.mocked(api.fetchScratchTables).mockResolvedValue({ items: [], nextCursor: null, tasks: [], ...answer });
  const user = userEvent.setup();
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ScratchTablesPage />
        <Toasts />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return user;
}

describe('The page of scratch tables', () => {
  afterEach(() => jest.resetAllMocks());

  it('shows what is overdue: table, run, person and since when', async () => {
    open({ items: [overdue], tasks: [task] });
    const row = within(await screen.findByRole('row', { name: /SNOWFLOW_SCRATCH_run_1_big/ }));
    row.getByRole('rowheader', { name: 'DEMO.PUBLIC.SNOWFLOW_SCRATCH_run_1_big' });
    expect(row.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual([
      'run_1',
      'ANALYST',
      expect.stringContaining('3'),
    ]);
  });

  it('copies the exact SQL of a task that sweeps them', async () => {
    const user = open({ items: [overdue], tasks: [task] });
    await screen.findByRole('heading', { name: 'A task of your own for DEMO.PUBLIC' });
    expect(screen.getByRole('group', { name: 'Task for DEMO.PUBLIC' }).textContent).toBe(task.sql);
    await user.click(screen.getByRole('button', { name: 'Copy: Task for DEMO.PUBLIC' }));
    expect(await navigator.clipboard.readText()).toBe(task.sql);
  });

  it('says so where nothing is overdue, and is for owners and admins', async () => {
    open({});
    await screen.findByText('No scratch table is overdue.');
    open({ items: [overdue] }, 'viewer');
    await screen.findByText('This page is for owners and admins.');
    expect(screen.queryByRole('row', { name: /SNOWFLOW_SCRATCH/ })).toBeNull();
  });
});

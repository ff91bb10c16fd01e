import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { lazy, Suspense } from 'react';
import { MemoryRouter, Navigate, Route, Routes } from 'react-router';
import * as auth from '../../api/auth';
import * as approvalsApi from '../../api/approvals';
import * as tenant from '../../api/tenant';
import * as tower from '../../api/tower';
import { Toasts } from '../../components/Toasts';
import { AdminLayout } from './AdminLayout';
import { ADMIN_TABS } from './admin-tabs';
import { loadTab } from './load-tab';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/tower');
jest.mock('../../api/tenant');
jest.mock('../../api/approvals');
jest.mock('../../api/publish-requests', () => ({ fetchPublishRequests: () => Promise.resolve([]) }));
jest.mock('../../api/auth');
jest.mock('../../components/Sidebar', () => ({ Sidebar: () => null }));
jest.mock('../../features/charts/ChartDrawing', () => ({ ChartDrawing: () => <p>The chart</p> }));
const api = jest.mocked(tower);

const NONE: tower.RunFigures = {
  runs: 0,
  queued: 0,
  running: 0,
  waiting: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  people: 0,
  statements: 0,
  unpricedStatements: 0,
  bytesScanned: 0,
  estimatedCredits: 0,
  aiTokens: 0,
};
const from = '2026-03-01T00:00:00.000Z';
const to = '2026-03-03T00:00:00.000Z';
const totals = {
  ...NONE,
  runs: 5,
  succeeded: 3,
  failed: 2,
  people: 2,
  estimatedCredits: 0.0123,
  unpricedStatements: 1,
};
const overview: tower.Overview = {
  from,
  to,
  by: 'workflow',
  bucket: 'day',
  totals,
  buckets: [
    { ...NONE, at: from, runs: 4, failed: 2, people: 2 },
    { ...NONE, at: '2026-03-02T00:00:00.000Z', runs: 1, people: 1 },
  ],
  groups: [
    { ...NONE, id: 'wf_1', name: 'Orders', isRest: false, runs: 4, failed: 2 },
    { ...NONE, id: null, name: null, isRest: false, runs: 1 },
  ],
};
const run: tower.TowerRun = {
  id: 'run_1',
  workflowId: 'wf_1',
  workflowName: 'Orders',
  revision: 1,
  status: 'running',
  trigger: 'manual',
  personId: 'usr_1',
  person: 'BEN',
  role: 'ANALYST',
  warehouse: 'WH',
  errorCode: null,
  createdAt: from,
  startedAt: from,
  finishedAt: null,
  statements: 1,
  bytesScanned: 0,
  estimatedCredits: 0,
  aiTokens: 0,
};
const apiKey: tower.TenantApiKey = {
  id: 'sfk_1',
  name: 'Nightly',
  prefix: 'sfk_1',
  userId: 'usr_1',
  username: 'BEN',
  publications: null,
  limits: {
    callsPerMinute: null,
    callsPerDay: null,
    statementsPerDay: null,
    bytesPerDay: null,
    tokensPerDay: null,
  },
  createdAt: from,
  expiresAt: to,
  lastUsedAt: null,
  previousUntil: null,
};
const session: tower.TenantSession = {
  id: 'ses_1',
  current: false,
  client: 'Chrome on Windows',
  authenticator: 'password',
  role: 'ANALYST',
  createdAt: from,
  lastSeenAt: from,
  expiresAt: to,
  userId: 'usr_1',
  username: 'BEN',
  appRole: 'builder',
};
const approval: tower.TowerApproval = {
  runId: 'run_1',
  nodeId: 'ok',
  workflowName: 'Ledger',
  runner: 'BEN',
  approvers: ['role:FINANCE'],
  waitingSince: from,
  until: null,
  yours: null,
};
const mine: tower.TowerApproval = {
  ...approval,
  nodeId: 'mine',
  workflowName: 'Payments',
  yours: {
    runId: 'run_1',
    nodeId: 'mine',
    workflowName: 'Payments',
    runner: 'BEN',
    message: 'May they be paid?',
    show: [],
    form: [],
    waitingSince: from,
    until: null,
  },
};
const usage: tower.Usage = {
  from,
  to,
  by: 'workflow',
  source: 'estimate',
  rule: 'Estimated: by time and size.',
  items: [
    {
      id: 'wf_1',
      name: 'Orders',
      revision: null,
      runs: 4,
      statements: 9,
      bytesScanned: 10,
      aiTokens: 3,
      estimatedCredits: 0.5,
      attributedCredits: null,
    },
  ],
  totals: {
    id: null,
    name: null,
    revision: null,
    runs: 4,
    statements: 9,
    bytesScanned: 10,
    aiTokens: 3,
    estimatedCredits: 0.5,
    attributedCredits: null,
  },
};

// The router of the product makes requests, which jsdom has none of.
const TABS = ADMIN_TABS.map((tab) => ({
  path: tab.path,
  Tab: lazy(async () => ({ default: await loadTab(tab) })),
}));

async function open(address: string, appRole: 'admin' | 'builder' = 'admin') {
  jest.mocked(auth.fetchMe).mockResolvedValue({ username: 'ADA', appRole } as Awaited<ReturnType<typeof auth.fetchMe>>);
  jest.mocked(tenant.fetchMembers).mockResolvedValue([]);
  api.fetchOverview.mockResolvedValue(overview);
  api.fetchTowerRuns.mockResolvedValue({ items: [run], nextCursor: null });
  api.fetchTenantSessions.mockResolvedValue([session]);
  api.fetchTenantApiKeys.mockResolvedValue([apiKey]);
  api.fetchTenantApprovals.mockResolvedValue([mine, approval]);
  api.fetchUsage.mockResolvedValue(usage);
  const view = render(
    <MemoryRouter initialEntries={[address]}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Suspense>
          <Routes>
            <Route path="/admin" element={<AdminLayout />}>
              <Route index element={<Navigate to="/admin/overview" />} />
              {TABS.map(({ path, Tab }) => (
                <Route key={path} path={path} element={<Tab />} />
              ))}
            </Route>
          </Routes>
        </Suspense>
        <Toasts />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  await screen.findByRole('heading', { level: 1 });
  return { user: userEvent.setup(), ...view };
}

describe('The Control Tower', () => {
  // What is loaded when it is opened is not what is waited for here.
  beforeAll(() => Promise.all(ADMIN_TABS.map(loadTab)), 60_000);
  afterEach(() => jest.resetAllMocks());

  it('shows totals that lead to their runs, and says of what nothing is estimated', async () => {
    await open('/admin');
    const tiles = within(await screen.findByLabelText('Totals'));
    const failed = tiles.getByRole('link', { name: 'Failed runs: 2' });
    expect(failed.getAttribute('href')).toBe(
      `/admin/runs?${new URLSearchParams({ status: 'failed', from, to }).toString()}`,
    );
    tiles.getByRole('link', { name: 'Credits (est.): 0.0123' });
    tiles.getByText('1 unknown');
    await screen.findByText('The chart');
  });

  it('has in the chart as a table and in the table the sums of the tiles', async () => {
    const { user } = await open('/admin/overview');
    await user.click(await screen.findByRole('radio', { name: 'Table' }));
    for (const name of ['Figures over time', 'Figures by workflow']) {
      const rows = within(screen.getByRole('table', { name })).getAllByRole('row').slice(1);
      const runs = rows.map((row) => Number(within(row).getAllByRole('cell')[0]?.textContent));
      expect(runs).toEqual([4, 1, 5]);
    }
    screen.getByRole('link', { name: 'Orders' });
    screen.getByRole('rowheader', { name: 'Unsaved workflows' });
    await user.selectOptions(screen.getByLabelText('Grouped'), 'By person');
    expect(api.fetchOverview.mock.lastCall?.[1]).toBe('person');
  });

  it("asks before it cancels somebody else's run", async () => {
    api.cancelTenantRun.mockResolvedValue(undefined as never);
    const { user } = await open('/admin/runs?status=running&person=usr_1');
    await user.click(await screen.findByRole('button', { name: 'Cancel run of Orders by BEN' }));
    expect(api.fetchTowerRuns.mock.lastCall?.[0]).toMatchObject({
      status: 'running',
      person: 'usr_1',
      warehouse: null,
    });
    const dialog = within(screen.getByRole('dialog', { name: 'Cancel the run of Orders?' }));
    expect(api.cancelTenantRun).not.toHaveBeenCalled();
    await user.click(dialog.getByRole('button', { name: 'Cancel run' }));
    expect(api.cancelTenantRun).toHaveBeenCalledWith('run_1');
    await screen.findByText('The run of BEN is being cancelled.');
  });

  it('asks before it ends a session, and the session is gone from the list then', async () => {
    api.endTenantSession.mockResolvedValue(undefined as never);
    const { user } = await open('/admin/sessions');
    await user.click(await screen.findByRole('button', { name: 'End session of BEN on Chrome on Windows' }));
    api.fetchTenantSessions.mockResolvedValue([]);
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'End session' }));
    await screen.findByText('The session of BEN has ended.');
    expect(screen.queryByRole('heading', { name: 'BEN' })).toBeNull();
  });

  it("asks before it revokes somebody's key, which is gone from the list then", async () => {
    api.revokeTenantApiKey.mockResolvedValue(undefined as never);
    const { user } = await open('/admin/api-keys');
    await user.click(await screen.findByRole('button', { name: 'Revoke key Nightly of BEN' }));
    expect(api.revokeTenantApiKey).not.toHaveBeenCalled();
    api.fetchTenantApiKeys.mockResolvedValue([]);
    const dialog = within(screen.getByRole('dialog', { name: 'Revoke the key Nightly of BEN?' }));
    await user.click(dialog.getByRole('button', { name: 'Revoke key' }));
    expect(api.revokeTenantApiKey).toHaveBeenCalledWith('sfk_1');
    await screen.findByText('The key Nightly of BEN is revoked.');
    await screen.findByText('Nobody of the tenant has an API key.');
  });

  it('lets who may decide do so inline, with a reason to reject, and shows of the rest only that it waits', async () => {
    jest.mocked(approvalsApi.decideApproval).mockResolvedValue(undefined as never);
    const { user } = await open('/admin/approvals');
    const card = within(await screen.findByRole('article', { name: 'Payments' }));
    await user.click(card.getByRole('button', { name: 'Reject' }));
    await card.findByText('Say why you reject it.');
    expect(approvalsApi.decideApproval).not.toHaveBeenCalled();
    await user.type(card.getByRole('textbox', { name: /Comment/ }), 'Twice already');
    await user.click(card.getByRole('button', { name: 'Reject' }));
    expect(jest.mocked(approvalsApi.decideApproval).mock.lastCall?.[1]).toEqual({
      decision: 'reject',
      comment: 'Twice already',
    });
    within(screen.getByRole('list', { name: 'Waiting for others' })).getByText('role:FINANCE');
  });

  it('says that credits are estimates, and by which rule', async () => {
    await open('/admin/usage');
    await screen.findByText('Estimates.');
    screen.getByText('Estimated: by time and size.');
    expect(screen.queryByText('Credits (Snowflake)')).toBeNull();
  });

  it.each(['overview', 'runs', 'approvals', 'sessions', 'api-keys', 'usage'])(
    'has nothing that axe finds wrong in %s',
    async (tab) => {
      const { container } = await open(`/admin/${tab}`);
      await screen.findAllByText(/Orders|BEN|Ledger/);
      const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    },
  );

  it('tells who is no owner or admin whose it is, and asks for nothing', async () => {
    await open('/admin/sessions', 'builder');
    await screen.findByText('Only owners and admins see the Control Tower.');
    expect(screen.queryByRole('navigation', { name: 'Control Tower' })).toBeNull();
    expect(api.fetchTenantSessions).not.toHaveBeenCalled();
  });
});

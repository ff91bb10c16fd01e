import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import { ApiError } from '../api/api-error';
import * as credentials from '../api/credentials';
import * as revisions from '../api/revisions';
import * as schedules from '../api/schedules';
import type { Schedule } from '../api/schedules';
import * as workflows from '../api/workflows';
import { SchedulesPage } from './SchedulesPage';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../api/schedules');
jest.mock('../api/credentials');
jest.mock('../api/revisions');
jest.mock('../api/workflows');
const mockMe = jest.fn();
jest.mock('../api/auth', () => ({ fetchMe: () => Promise.resolve(mockMe()) }));
jest.mock('../components/Sidebar', () => ({ Sidebar: () => null }));
const api = jest.mocked(schedules);

const somebody = {
  username: 'SOMEBODY',
  appRole: 'builder',
  role: 'ANALYST',
  roles: ['ANALYST', 'SYSADMIN'],
  warehouse: 'WH',
  warehouses: ['WH'],
};
const parameters = [{ name: 'most', type: 'number', default: 5 }];
const right = { workflowId: 'wf_1', revisionHash: 'hash-3', role: 'ANALYST', warehouse: 'WH' };
const robot = (bindings: object[]) => [
  { id: 'cred_1', name: 'Robot', username: 'SOMEBODY', state: 'active', bindings } as never,
];

const aSchedule = (more: Partial<Schedule> = {}): Schedule => ({
  id: 'sch_1',
  name: 'Nightly',
  workflowId: 'wf_1',
  workflowName: 'Ledger',
  cron: '0 7 * * MON-FRI',
  every: null,
  timezone: 'Asia/Tokyo',
  revision: null,
  credentialId: 'cred_1',
  role: 'ANALYST',
  warehouse: 'WH',
  parameters: {},
  catchUp: 'last',
  catchUpMost: 10,
  overlap: 'skip',
  pauseAfter: 5,
  notify: [],
  enabled: true,
  failures: 0,
  pausedCode: null,
  pausedReason: null,
  pausedAt: null,
  createdBy: 'SOMEBODY',
  createdAt: '2026-01-01T00:00:00.000Z',
  nextTimes: ['2026-03-02T22:00:00.000Z'],
  ...more,
});

async function open(items: Schedule[], at = '/schedules') {
  api.fetchSchedules.mockResolvedValue(items);
  render(
    <MemoryRouter initialEntries={[at]}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <SchedulesPage />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  await screen.findByRole('heading', { name: 'Schedules', hidden: true });
  return userEvent.setup();
}

describe('The page of schedules', () => {
  beforeEach(() => {
    mockMe.mockReturnValue(somebody);
    api.previewTiming.mockResolvedValue({ nextTimes: ['2026-03-02T22:00:00.000Z'] });
    api.createSchedule.mockResolvedValue(aSchedule());
    jest.mocked(workflows.fetchWorkflows).mockResolvedValue({ items: [], nextCursor: null });
    jest.mocked(workflows.fetchWorkflow).mockResolvedValue({ published: 3 } as never);
    const of = (revision: number) => ({ revision, name: null, hash: `hash-${revision}` });
    jest.mocked(revisions.fetchRevisions).mockResolvedValue({ items: [of(3), of(2)], nextCursor: null } as never);
    jest
      .mocked(revisions.fetchRevision)
      .mockImplementation((_id, revision) => Promise.resolve({ ...of(revision), definition: { parameters } } as never));
    jest.mocked(credentials.fetchCredentials).mockResolvedValue([]);
  });
  afterEach(() => jest.resetAllMocks());

  it('says when a schedule runs, in words and in its zone', async () => {
    await open([aSchedule()]);
    await screen.findByText('At 07:00 on Monday to Friday (0 7 * * MON-FRI)');
    within(screen.getByRole('table', { name: 'Next times' })).getByRole('columnheader', { name: 'Asia/Tokyo' });
  });

  it('says why one is paused, and resumes it', async () => {
    const user = await open([
      aSchedule({ enabled: false, pausedReason: 'It failed 5 times in a row.', nextTimes: [] }),
    ]);
    await screen.findByText(/It failed 5 times in a row/);
    await user.click(screen.getByRole('button', { name: 'Resume Nightly' }));
    expect(api.changeSchedule.mock.calls[0]?.[0]).toEqual({ id: 'sch_1', enabled: true });
  });

  it('asks before it pauses one', async () => {
    const user = await open([aSchedule()]);
    await user.click(await screen.findByRole('button', { name: 'Pause Nightly' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Pause Nightly?' }));
    await user.click(dialog.getByRole('button', { name: 'Pause' }));
    expect(api.changeSchedule.mock.calls[0]?.[0]).toEqual({ id: 'sch_1', enabled: false });
  });

  it("shows admins everybody's, to be paused and removed only", async () => {
    mockMe.mockReturnValue({ ...somebody, username: 'BOSS', appRole: 'admin' });
    api.fetchTenantSchedules.mockResolvedValue([aSchedule({ createdBy: 'COLLEAGUE' })]);
    await open([]);
    const all = within(await screen.findByRole('region', { name: "Everybody's schedules" }));
    await all.findByText('COLLEAGUE');
    all.getByRole('button', { name: 'Pause Nightly' });
    expect(all.queryByRole('button', { name: 'Run now: Nightly' })).toBeNull();
  });

  it('makes one as a credential that is approved for the published revision, and names what is wrong at its field', async () => {
    const approved = { id: 'bnd_1', ...right, state: 'approved' };
    jest.mocked(credentials.fetchCredentials).mockResolvedValue(robot([approved]));
    api.previewTiming.mockRejectedValue(
      new ApiError(422, {
        code: 'VALIDATION',
        detail: 'No.',
        errors: [{ path: 'cron', message: 'It would never run' }],
      }),
    );
    const user = await open([], '/schedules?new=wf_1');
    await screen.findByText('It would never run');
    await user.selectOptions(await screen.findByLabelText('Credential'), 'cred_1');
    await screen.findByText(/Approved: Robot may be used/);
    await user.click(screen.getByRole('button', { name: 'Save schedule' }));
    expect(api.createSchedule.mock.calls[0]?.[0]).toMatchObject({
      workflowId: 'wf_1',
      revision: null,
      cron: '0 7 * * MON-FRI',
      credentialId: 'cred_1',
      role: 'ANALYST',
      warehouse: 'WH',
      catchUp: 'last',
      overlap: 'skip',
    });
  });

  it('changes one: its times, the revision that is pinned, values; and approves one’s own credential for that', async () => {
    const proposed = { id: 'bnd_2', ...right, revisionHash: 'hash-2', state: 'proposed' };
    jest.mocked(credentials.fetchCredentials).mockResolvedValue(robot([]));
    jest.mocked(credentials.proposeBinding).mockResolvedValue(robot([proposed])[0] as never);
    const user = await open([aSchedule({ parameters: { most: 7 } })]);
    await user.click(await screen.findByRole('button', { name: 'Edit Nightly' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change Nightly' }));
    expect(await dialog.findByLabelText('most')).toHaveProperty('value', '7');
    await user.selectOptions(
      dialog.getByLabelText('Revision'),
      await dialog.findByRole('option', { name: 'Pinned: 2' }),
    );
    await user.click(await dialog.findByRole('button', { name: 'Approve use of Robot' }));
    expect(credentials.proposeBinding).toHaveBeenCalledWith({
      credentialId: 'cred_1',
      ...right,
      revisionHash: 'hash-2',
    });
    const zone = dialog.getByLabelText('Time zone');
    await user.clear(zone);
    await user.type(zone, 'UTC');
    await user.click(dialog.getByRole('button', { name: 'Save schedule' }));
    expect(api.changeSchedule.mock.calls[0]?.[0]).toMatchObject({
      id: 'sch_1',
      cron: '0 7 * * MON-FRI',
      timezone: 'UTC',
      revision: 2,
      parameters: { most: 7 },
    });
    expect(credentials.approveBinding).toHaveBeenCalledWith({ id: 'cred_1', bindingId: 'bnd_2' });
  });

  it.each(['/schedules', '/schedules?new=wf_1'])('has nothing that axe finds wrong at %s', async (at) => {
    await open([aSchedule({ enabled: false, pausedReason: 'Why.' })], at);
    await screen.findByText('Why.');
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});

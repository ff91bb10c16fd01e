import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { MemoryRouter } from 'react-router';
import * as auth from '../../api/auth';
import * as api from '../../api/outside';
import type { OutsideCall, OutsideHost } from '../../api/outside';
import { OutsideCallsPage } from './OutsideCallsPage';
import { OutsideCredentialsPage } from './OutsideCredentialsPage';
import { OutsideHostsPage } from './OutsideHostsPage';

// The network ends here: what is answered is said.
jest.mock('../../api/outside');
jest.mock('../../api/auth');

function open(page: ReactElement, appRole: 'admin' | 'builder' = 'admin') {
  jest
    .mocked(auth.fetchMe)
    .mockResolvedValue({ username: 'DEMO', appRole } as Awaited<ReturnType<typeof auth.fetchMe>>);
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        {page}
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return userEvent.setup();
}

const call: OutsideCall = {
  id: 'call_1',
  at: new Date().toISOString(),
  runId: 'run_1',
  nodeId: 'ask',
  by: 'ANALYST',
  kind: 'http',
  method: 'POST',
  host: 'agent.example.com',
  path: '/v1/ask',
  tool: null,
  credentialId: null,
  outcome: 'refused',
  error: 'POLICY_DENIED',
  status: null,
  attempts: 1,
  bytesOut: 0,
  bytesIn: 0,
  ms: 3,
};

describe('The pages of what is called outside', () => {
  afterEach(() => jest.resetAllMocks());

  it('hold columns back by their tags, with a value or any', async () => {
    jest.mocked(api.fetchOutsideHosts).mockResolvedValue([]);
    jest.mocked(api.fetchHeldTags).mockResolvedValue([{ tag: 'GOV.TAGS.PII' }]);
    jest.mocked(api.saveHeldTags).mockImplementation(async (tags) => tags);
    const user = open(<OutsideHostsPage />);
    const field = await screen.findByLabelText<HTMLInputElement>('Tags');
    expect(field.value).toBe('GOV.TAGS.PII');
    await user.type(field, ', GOV.TAGS.LEVEL = secret');
    await user.click(screen.getByRole('button', { name: 'Save tags' }));
    const saved = [{ tag: 'GOV.TAGS.PII' }, { tag: 'GOV.TAGS.LEVEL', value: 'secret' }];
    expect(jest.mocked(api.saveHeldTags).mock.calls[0]?.[0]).toEqual(saved);
  });

  it('allow a host with paths, methods and the fields that may leave, beside those that are there', async () => {
    const there: OutsideHost = { host: 'mcp.example.com', dataAllowed: true };
    jest.mocked(api.fetchOutsideHosts).mockResolvedValue([there]);
    jest.mocked(api.saveOutsideHosts).mockImplementation(async (hosts) => hosts);
    const user = open(<OutsideHostsPage />);
    await screen.findByText('Data may leave');
    await user.click(screen.getByRole('button', { name: 'Allow a host' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Allow host' }));
    await dialog.findByText('Write a host such as agent.example.com.');
    await user.type(dialog.getByLabelText('Host'), 'agent.example.com');
    await user.type(dialog.getByLabelText(/^Paths/), '/v1, /open');
    await user.type(dialog.getByLabelText(/^Methods/), 'get');
    await user.selectOptions(dialog.getByLabelText('Values from Snowflake'), 'Leave by field');
    await user.type(dialog.getByLabelText('Fields that may leave'), 'rowCount');
    await user.click(dialog.getByRole('button', { name: 'Allow host' }));
    await screen.findByText('May have rowCount');
    const added = { host: 'agent.example.com', paths: ['/v1', '/open'], methods: ['GET'], fields: ['rowCount'] };
    expect(jest.mocked(api.saveOutsideHosts).mock.calls[0]?.[0]).toEqual([there, added]);
  });

  it('change and remove a host', async () => {
    jest.mocked(api.fetchOutsideHosts).mockResolvedValue([{ host: 'a.example' }, { host: 'b.example', paths: ['/x'] }]);
    jest.mocked(api.saveOutsideHosts).mockImplementation(async (hosts) => hosts);
    const user = open(<OutsideHostsPage />);
    await user.click(await screen.findByRole('button', { name: 'Change b.example' }));
    await user.clear(screen.getByLabelText(/^Paths/));
    await user.click(screen.getByRole('button', { name: 'Save host' }));
    await user.click(await screen.findByRole('button', { name: 'Remove a.example' }));
    await user.click(screen.getByRole('button', { name: 'Remove host' }));
    expect(jest.mocked(api.saveOutsideHosts).mock.calls.map(([hosts]) => hosts)).toEqual([
      [{ host: 'a.example' }, { host: 'b.example' }],
      [{ host: 'b.example' }],
    ]);
  });

  it('make a credential whose secret is nowhere on the page afterwards', async () => {
    jest.mocked(api.fetchOutsideCredentials).mockResolvedValue([]);
    jest.mocked(api.addOutsideCredential).mockResolvedValue({
      id: 'ocr_1',
      name: 'Agent',
      kind: 'header',
      hosts: ['agent.example.com'],
      createdBy: 'DEMO',
      createdAt: call.at,
    });
    const user = open(<OutsideCredentialsPage />);
    await user.click(await screen.findByRole('button', { name: 'New credential' }));
    await user.type(screen.getByLabelText('Name'), 'Agent');
    await user.selectOptions(screen.getByLabelText('Kind'), 'Header');
    await user.type(screen.getByLabelText('Hosts'), 'agent.example.com');
    await user.type(screen.getByLabelText('Value of the header'), 'CANARY-secret');
    await user.click(screen.getByRole('button', { name: 'Make credential' }));
    await screen.findByText('Name the header.');
    await user.type(screen.getByLabelText('Header'), 'X-Api-Key');
    await user.click(screen.getByRole('button', { name: 'Make credential' }));
    await screen.findByRole('button', { name: 'New credential' });
    expect(jest.mocked(api.addOutsideCredential).mock.calls[0]?.[0]).toEqual({
      name: 'Agent',
      kind: 'header',
      hosts: ['agent.example.com'],
      headerName: 'X-Api-Key',
      secret: 'CANARY-secret',
    });
    expect(document.body.innerHTML).not.toContain('CANARY-secret');
  });

  it('show what was called, page by page', async () => {
    jest
      .mocked(api.fetchOutsideCalls)
      .mockResolvedValueOnce({ items: [call], nextCursor: 'more' })
      .mockResolvedValueOnce({
        items: [{ ...call, id: 'call_2', outcome: 'succeeded', path: '/older' }],
        nextCursor: null,
      });
    const user = open(<OutsideCallsPage />);
    const first = within(await screen.findByRole('listitem'));
    first.getByText('Not let out');
    first.getByText('POLICY_DENIED');
    first.getByText(/agent\.example\.com/);
    await user.click(screen.getByRole('button', { name: 'Show older calls' }));
    await screen.findByText('Answered');
    expect(screen.queryByRole('button', { name: 'Show older calls' })).toBeNull();
  });

  it('are for owners and admins', async () => {
    open(<OutsideHostsPage />, 'builder');
    await screen.findByText('This page is for owners and admins.');
    expect(api.fetchOutsideHosts).not.toHaveBeenCalled();
  });
});

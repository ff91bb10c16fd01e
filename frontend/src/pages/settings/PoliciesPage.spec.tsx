import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import { ApiError } from '../../api/api-error';
import * as auth from '../../api/auth';
import * as api from '../../api/policies';
import { PoliciesPage } from './PoliciesPage';

// The network ends here: what is answered is said.
jest.mock('../../api/policies');
jest.mock('../../api/auth');

const kept: api.Policies = {
  version: 3,
  databases: ['DEMO'],
  targets: null,
  opaque: null,
  kinds: null,
  nodeTypes: null,
  models: ['claude-*'],
  writeModes: null,
  byRole: [{ role: 'viewer', models: ['small-*'] }],
  guardedRoles: null,
  publishApproval: false,
};

async function open(appRole: 'admin' | 'builder' = 'admin') {
  jest
    .mocked(auth.fetchMe)
    .mockResolvedValue({ username: 'DEMO', appRole } as Awaited<ReturnType<typeof auth.fetchMe>>);
  jest.mocked(api.fetchPolicies).mockResolvedValue(kept);
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <PoliciesPage />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return userEvent.setup();
}

describe('The page of policies', () => {
  afterEach(() => jest.resetAllMocks());

  it('saves lists of one name to a line over the version that was read; an empty one allows everything', async () => {
    jest.mocked(api.savePolicies).mockImplementation(async (body) => ({ ...body, version: 4 }));
    const user = await open();
    const databases = await screen.findByLabelText(/^Databases and schemas/);
    expect((databases as HTMLTextAreaElement).value).toBe('DEMO');
    expect((screen.getByLabelText(/^Models/) as HTMLTextAreaElement).value).toBe('claude-*');
    await user.type(databases, '\n raw.public ');
    await user.clear(screen.getByLabelText(/^Models/));
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    expect(jest.mocked(api.savePolicies).mock.calls[0]?.[0]).toEqual({
      ...kept,
      databases: ['DEMO', 'raw.public'],
      models: null,
    });
  });

  it('shows what is wrong beside its list and keeps what was typed', async () => {
    const errors = [{ path: 'databases.1', message: '“a b” is no such name' }];
    jest
      .mocked(api.savePolicies)
      .mockRejectedValue(new ApiError(422, { code: 'VALIDATION', detail: 'Not saved.', errors }));
    const user = await open();
    const databases = await screen.findByLabelText(/^Databases and schemas/);
    await user.type(databases, '\na b');
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    await screen.findByText('“a b” is no such name');
    expect(databases.getAttribute('aria-invalid')).toBe('true');
    expect((databases as HTMLTextAreaElement).value).toBe('DEMO\na b');
  });

  it('edits the lists of an app role, which are as for everybody where they are empty', async () => {
    jest.mocked(api.savePolicies).mockImplementation(async (body) => ({ ...body, version: 4 }));
    const user = await open();
    const models = await screen.findByLabelText(/^Viewers: Models/);
    expect((models as HTMLTextAreaElement).value).toBe('small-*');
    await user.click(screen.getByText('Builders: what differs'));
    await user.type(screen.getByLabelText(/^Builders: Ways to write/), 'append');
    await user.type(screen.getByLabelText(/^Builders: Databases and schemas/), '*');
    await user.clear(models);
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    expect(jest.mocked(api.savePolicies).mock.calls[0]?.[0]).toEqual({
      ...kept,
      byRole: [{ role: 'builder', databases: null, writeModes: ['append'] }],
    });
  });

  it('is for owners and admins', async () => {
    await open('builder');
    await screen.findByText('This page is for owners and admins.');
    expect(api.fetchPolicies).not.toHaveBeenCalled();
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { ApiError } from '../../api/api-error';
import * as credentials from '../../api/credentials';
import * as publications from '../../api/publications';
import * as revisions from '../../api/revisions';
import type { Me } from '../../api/types';
import { openWorkflow } from '../../store/builder-store';
import { meQuery } from '../session/me-query';
import { PublishDialog } from './PublishDialog';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/publications');
jest.mock('../../api/credentials');
jest.mock('../../api/revisions');
const api = jest.mocked(publications);
const stored = jest.mocked(credentials);

const known: publications.Publication = {
  id: 'pub_1',
  workflowId: 'wf_1',
  name: 'Big orders',
  slug: 'big-orders',
  revision: 3,
  revisionHash: 'a'.repeat(64),
  credentialId: 'cred_1',
  role: 'SYSADMIN',
  warehouse: 'WH',
  mode: 'sync',
  enabled: true,
  limits: {},
  publishedBy: 'ADA',
  updatedAt: '2026-01-01T00:00:00Z',
};

const nightly: credentials.Credential = {
  id: 'cred_1',
  name: 'Nightly',
  username: 'ADA',
  state: 'active',
  kind: 'pat',
  provider: null,
  boundRole: null,
  ownerId: 'usr_1',
  reason: null,
  createdAt: '2026-01-01T00:00:00Z',
  lastUsedAt: null,
  bindings: [],
};

const turnedDown: revisions.PublishRequest = {
  id: 'apr_1',
  workflowId: 'wf_1',
  workflowName: 'Big orders',
  revision: 3,
  askedBy: 'ADA',
  askedAt: '2026-01-01T00:00:00Z',
  decision: 'reject',
  reason: 'Sums twice',
  decidedBy: 'EVA',
  decidedAt: '2026-01-02T00:00:00Z',
};

function setUp(publication: publications.Publication | null, requests: revisions.PublishRequest[] = []) {
  jest.mocked(revisions.fetchPublishRequests).mockResolvedValue(requests);
  api.fetchPublication.mockResolvedValue(publication);
  jest.mocked(revisions.fetchRevision).mockResolvedValue({ hash: known.revisionHash } as revisions.RevisionDocument);
  stored.fetchCredentials.mockResolvedValue([nightly]);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const me = {
    username: 'ADA',
    role: 'SYSADMIN',
    roles: ['SYSADMIN'],
    warehouse: 'WH',
    warehouses: ['WH'],
    appRole: 'builder',
  };
  queries.setQueryData(meQuery.queryKey, me as Me);
  openWorkflow({
    id: 'wf_1',
    revision: 3,
    definition: {
      schemaVersion: 1,
      name: 'Big orders',
      description: '',
      parameters: [],
      nodes: [],
      edges: [],
      notes: [],
      groups: [],
    },
  });
  render(
    <QueryClientProvider client={queries}>
      <PublishDialog workflowId="wf_1" saving={{ revision: () => 3 }} onClose={jest.fn()} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

describe('The dialog that publishes', () => {
  afterEach(() => jest.resetAllMocks());

  it('proposes a slug and the saved revision, publishes, and asks for the use of the credential', async () => {
    api.savePublication.mockResolvedValue(known);
    const user = setUp(null);
    expect(await screen.findByLabelText('Slug')).toHaveProperty('value', 'big-orders');
    await user.click(screen.getByRole('button', { name: 'Publish' }));
    await screen.findByText(/Choose a stored credential/);
    await user.selectOptions(screen.getByLabelText('Credential'), 'cred_1');
    await user.click(screen.getByRole('button', { name: 'Publish' }));
    await screen.findByRole('button', { name: 'Publish' });
    expect(api.savePublication.mock.calls[0]).toMatchObject([
      'wf_1',
      { slug: 'big-orders', revision: 3, credentialId: 'cred_1', role: 'SYSADMIN', warehouse: 'WH', enabled: true },
    ]);
    expect(stored.proposeBinding).toHaveBeenCalledWith(known);
  });

  it('lets a person approve their own credential for what is picked, before it is published', async () => {
    const right = { workflowId: 'wf_1', revisionHash: known.revisionHash, role: 'SYSADMIN', warehouse: 'WH' };
    const binding = {
      id: 'bnd_1',
      ...right,
      state: 'proposed' as const,
      proposedAt: '2026-01-01T00:00:00Z',
      approvedAt: null,
    };
    stored.proposeBinding.mockResolvedValue({ ...nightly, bindings: [binding] });
    const user = setUp(null);
    await user.selectOptions(await screen.findByLabelText('Credential'), 'cred_1');
    await user.click(await screen.findByRole('button', { name: 'Approve use of Nightly' }));
    expect(stored.proposeBinding).toHaveBeenCalledWith({ credentialId: 'cred_1', ...right });
    await waitFor(() => expect(stored.approveBinding).toHaveBeenCalledWith({ id: 'cred_1', bindingId: 'bnd_1' }));
  });

  it('shows who asked for approval why it was turned down, for the revision that is picked', async () => {
    const user = setUp(null, [turnedDown, { ...turnedDown, id: 'apr_0', revision: 2, reason: 'Of before' }]);
    await screen.findByText(/^EVA turned it down/);
    await screen.findByText('Sums twice');
    expect(screen.queryByText('Of before')).toBeNull();
    await user.clear(screen.getByLabelText('Revision'));
    expect(screen.queryByText('Sums twice')).toBeNull();
  });

  it('asks for approval where the tenant wants one', async () => {
    const refused = { code: 'POLICY_DENIED', detail: 'Ask first.', policy: 'publishApproval' };
    api.savePublication.mockRejectedValue(new ApiError(403, refused));
    const user = setUp(known);
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    await user.click(await screen.findByRole('button', { name: 'Ask for approval of v3' }));
    expect(revisions.askToPublish).toHaveBeenCalledWith('wf_1', 3);
  });

  it('puts a taken slug beside its field', async () => {
    const errors = [{ path: 'slug', message: 'Another workflow is published as “big-orders”.' }];
    api.savePublication.mockRejectedValue(new ApiError(409, { code: 'SLUG_TAKEN', detail: 'Taken.', errors }));
    const user = setUp(known);
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    await screen.findByText('Another workflow is published as “big-orders”.');
    expect(screen.getByLabelText('Slug').getAttribute('aria-invalid')).toBe('true');
  });

  it('shows how it is called without a key, that it waits for approval, and nothing that axe finds wrong', async () => {
    setUp(known);
    const sample = await screen.findByRole('group', { name: 'cURL' });
    expect(sample.textContent).toContain('/api/v1/published/big-orders');
    expect(sample.textContent).toContain('$SNOWFLOW_API_KEY');
    await screen.findByText(/Nothing runs until you approve Nightly/);
    const { violations } = await axe.run(screen.getByRole('dialog'), {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations).toEqual([]);
  });
});

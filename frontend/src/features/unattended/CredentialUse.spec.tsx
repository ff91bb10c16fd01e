import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../api/api-error';
import * as credentials from '../../api/credentials';
import { CredentialUse } from './CredentialUse';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/credentials');
const api = jest.mocked(credentials);

const wanted = {
  credentialId: 'cred_1',
  workflowId: 'wf_1',
  revisionHash: 'a'.repeat(64),
  role: 'ANALYST',
  warehouse: null,
};
const credential = (state?: credentials.CredentialBinding['state'], role = 'ANALYST'): credentials.Credential => ({
  id: 'cred_1',
  name: 'Robot',
  username: 'ADA',
  state: 'active',
  kind: 'pat',
  provider: null,
  boundRole: null,
  ownerId: 'usr_1',
  reason: null,
  createdAt: '2026-01-01T00:00:00Z',
  lastUsedAt: null,
  bindings: state
    ? [{ ...wanted, id: 'bnd_1', role, state, proposedAt: '2026-01-01T00:00:00Z', approvedAt: null }]
    : [],
});

function show(shown: credentials.Credential, isOwn: boolean) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CredentialUse wanted={wanted} credential={shown} isOwn={isOwn} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

describe('The use of a credential', () => {
  afterEach(() => jest.resetAllMocks());

  it('is approved for exactly what was asked for', () => {
    show(credential('approved'), true);
    screen.getByText(/^Approved: Robot/);
  });

  it.each([
    ['under another role', credential('approved', 'SYSADMIN')],
    ['once it was removed', credential('revoked')],
  ])('is not approved %s', (_when, shown) => {
    show(shown, true);
    screen.getByRole('button', { name: 'Approve use of Robot' });
  });

  it('is asked for, and approved by nobody but its owner', async () => {
    api.proposeBinding.mockResolvedValue(credential('proposed'));
    const user = show(credential(), false);
    await user.click(screen.getByRole('button', { name: 'Ask its owner' }));
    expect(api.proposeBinding).toHaveBeenCalledWith(wanted);
    expect(api.approveBinding).not.toHaveBeenCalled();
  });

  it('was asked for: its owner is waited for', () => {
    show(credential('proposed'), false);
    screen.getByText(/It was asked for/);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says why it could not be approved', async () => {
    const detail = 'Too many uses of this credential wait for approval.';
    api.proposeBinding.mockRejectedValue(new ApiError(422, { code: 'VALIDATION', detail }));
    const user = show(credential(), true);
    await user.click(screen.getByRole('button', { name: 'Approve use of Robot' }));
    expect((await screen.findByRole('alert')).textContent).toContain(detail);
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { ApiError } from '../../api/api-error';
import * as auth from '../../api/auth';
import type { Me } from '../../api/types';
import { meQuery } from './me-query';
import { RoleRevokedDialog } from './RoleRevokedDialog';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/auth');
const api = jest.mocked(auth);

const me = { tenantId: 't', username: 'ADA', role: 'ANALYST', roles: ['PUBLIC', 'LOADER'], roleRevoked: true } as Me;

function setUp() {
  const queries = new QueryClient();
  queries.setQueryData(meQuery.queryKey, me);
  render(
    <MemoryRouter>
      <QueryClientProvider client={queries}>
        <RoleRevokedDialog me={me} />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return userEvent.setup();
}

describe('The notice that Snowflake took a role away', () => {
  afterEach(() => jest.resetAllMocks());

  it('takes another role that is left', async () => {
    const user = setUp();
    screen.getByRole('dialog', { name: 'Snowflake no longer grants ANALYST to you.' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Role' }), 'LOADER');
    await user.click(screen.getByRole('button', { name: 'Use role' }));
    expect(api.switchContext.mock.calls[0]?.[0]).toEqual({ role: 'LOADER' });
  });

  it('offers another sign-in where the session is bound to its role', async () => {
    const authorizeUrl = '/api/v1/auth/oauth/authorize?account=acme&role=PUBLIC';
    api.switchContext.mockRejectedValue(
      new ApiError(409, { code: 'ROLE_NEEDS_SIGN_IN', detail: 'Bound.', authorizeUrl }),
    );
    const user = setUp();
    await user.click(screen.getByRole('button', { name: 'Use role' }));
    await screen.findByRole('dialog', { name: 'PUBLIC needs another sign-in.' });
    expect(screen.getByRole('button', { name: 'Sign in as PUBLIC' }).getAttribute('aria-disabled')).toBeNull();
  });

  it('can wait', async () => {
    const user = setUp();
    await user.click(screen.getByRole('button', { name: 'Not now' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

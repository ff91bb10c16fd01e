import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import * as auth from '../api/auth';
import { pendingNext } from '../features/session/provider-redirect';
import { rememberAccount, rememberedAccounts } from '../features/session/remembered-accounts';
import { LoginPage } from './LoginPage';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../api/auth');

function Address() {
  return <p data-testid="search">{useLocation().search}</p>;
}

function open(address: string) {
  jest
    .mocked(auth.fetchSignInOptions)
    .mockResolvedValue({ account: 'x', methods: ['oauth', 'pat', 'password'], hint: null });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={[address]}>
        <LoginPage />
        <Address />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup() };
}

const account = () => screen.getByRole('textbox', { name: 'Account identifier' });

describe('The sign-in page', () => {
  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });

  it('says why a sign-in through redirects came back, and takes it out of the address', async () => {
    pendingNext.keep('/workflows/wf_1');
    open('/login?error=OAUTH_FAILED&reason=OAUTH_REDIRECT_MISMATCH&account=acme-eu01');
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toMatch(/does not know this installation's redirect address/);
    expect(document.activeElement).toBe(alert);
    expect(account()).toHaveProperty('value', 'acme-eu01');
    expect(screen.getByTestId('search').textContent).toBe('?next=%2Fworkflows%2Fwf_1');
    expect(screen.getByRole('alert')).toBe(alert);
  });

  it('fills in who signed in before, and asks only for the secret', async () => {
    rememberAccount({ account: 'acme-eu01', username: 'ADA', method: 'pat' });
    const { user } = open('/login');
    await user.click(screen.getByRole('button', { name: /^ADA on acme-eu01/ }));
    expect(account()).toHaveProperty('value', 'acme-eu01');
    expect(screen.getByRole('textbox', { name: /^User name/ })).toHaveProperty('value', 'ADA');
    expect(document.activeElement).toBe(screen.getByLabelText('Programmatic access token'));
  });

  it('forgets an account when asked to', async () => {
    rememberAccount({ account: 'acme-eu01', username: 'ADA', method: 'pat' });
    const { user } = open('/login');
    await user.click(screen.getByRole('button', { name: 'Forget ADA on acme-eu01' }));
    expect(rememberedAccounts()).toEqual([]);
    expect(screen.queryByText('Signed in before')).toBeNull();
  });
});

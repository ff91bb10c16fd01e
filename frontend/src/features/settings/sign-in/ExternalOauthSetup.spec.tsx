import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../../api/api-error';
import * as tenant from '../../../api/tenant';
import { ExternalOauthSetup } from './ExternalOauthSetup';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../../api/tenant');
const api = jest.mocked(tenant);

const ISSUER = 'https://login.example.com';

function setUp(issuer: string | null) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ExternalOauthSetup issuer={issuer} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}
const show = () => screen.getByRole('button', { name: 'Show statement' });

describe('The set-up of External OAuth', () => {
  afterEach(() => jest.resetAllMocks());

  it('shows the statement that the stored provider and the choices give, to copy', async () => {
    const sql = 'CREATE SECURITY INTEGRATION SNOWFLOW_EXTERNAL\n  TYPE = EXTERNAL_OAUTH;';
    api.fetchExternalSetupSql.mockResolvedValue({ sql, redirectUri: 'r', issuer: ISSUER, jwksUri: `${ISSUER}/keys` });
    const user = setUp(ISSUER);
    await user.type(screen.getByRole('textbox', { name: /^Claim/ }), 'email');
    await user.selectOptions(screen.getByRole('combobox'), 'EMAIL_ADDRESS');
    await user.click(show());
    expect((await screen.findByRole('group', { name: 'Statement for external OAuth' })).textContent).toBe(sql);
    expect(api.fetchExternalSetupSql.mock.calls[0]?.[0]).toEqual({
      issuer: ISSUER,
      userClaim: 'email',
      userAttribute: 'EMAIL_ADDRESS',
    });
    await user.click(screen.getByRole('button', { name: 'Copy: Statement for external OAuth' }));
    expect(await navigator.clipboard.readText()).toBe(sql);
  });

  it('asks for the issuer before it sends anything', async () => {
    const user = setUp(null);
    await user.click(show());
    expect(await screen.findByText('Give the issuer of your identity provider.')).toBeTruthy();
    expect(api.fetchExternalSetupSql).not.toHaveBeenCalled();
  });

  it('says why there is none, and keeps what was typed', async () => {
    const detail = 'The identity provider login.example.com does not answer as OpenID Connect asks.';
    api.fetchExternalSetupSql.mockRejectedValue(new ApiError(504, { code: 'SNOWFLAKE_UNREACHABLE', detail }));
    const user = setUp(null);
    const issuer = screen.getByRole('textbox', { name: 'Issuer of your provider' });
    await user.type(issuer, ISSUER);
    await user.click(show());
    expect(await screen.findByText(detail)).toBeTruthy();
    expect((issuer as HTMLInputElement).value).toBe(ISSUER);
    expect(screen.queryByRole('group', { name: 'Statement for external OAuth' })).toBeNull();
  });
});

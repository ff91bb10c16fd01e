import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { ApiError } from '../../api/api-error';
import * as auth from '../../api/auth';
import type { ConnectBody, Session } from '../../api/types';
import { SignInForm, type SignInPreset } from './SignInForm';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/auth');
const api = jest.mocked(auth);

const session = { id: 'ses_1', tenantId: 't', username: 'ADA' } as Session;
const refusal = (reason: string) =>
  new ApiError(401, { code: 'SNOWFLAKE_LOGIN_FAILED', detail: `Because of ${reason}.`, reason });

function setUp(preset?: SignInPreset) {
  const signedIn: Session[] = [];
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient()}>
        <SignInForm onSignedIn={(come) => signedIn.push(come)} next="/workflows" preset={preset ?? {}} />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return { signedIn, user: userEvent.setup() };
}

/** A sign-in that the test answers. */
function answers() {
  const sent: { body: ConnectBody; signal: AbortSignal | undefined }[] = [];
  let settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;
  api.connect.mockImplementation((body, signal) => {
    sent.push({ body, signal });
    return new Promise((resolve, reject) => {
      settle = { resolve: () => resolve({ session } as Awaited<ReturnType<typeof auth.connect>>), reject };
      signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
    });
  });
  return {
    sent,
    refuse: (error: unknown) => act(() => Promise.resolve(settle?.reject(error))),
    accept: () => act(() => Promise.resolve(settle?.resolve())),
  };
}

const field = (name: string | RegExp) => screen.getByLabelText(name, { selector: 'input, textarea' });

describe('SignInForm', () => {
  beforeEach(() => {
    api.fetchSignInOptions.mockResolvedValue({
      account: 'acme-eu01',
      methods: ['password', 'key-pair', 'pat'],
      hint: null,
    });
  });
  afterEach(() => jest.resetAllMocks());

  it('keeps what was typed after a refusal, and goes to the field at fault', async () => {
    const { user } = setUp({ account: 'acme-eu01' });
    const { sent, refuse } = answers();
    await user.type(field('User name'), 'ada');
    await user.type(field('Password'), 'wrong{Enter}');
    await refuse(refusal('WRONG_CREDENTIALS'));
    expect(sent[0]?.body).toEqual({
      account: 'acme-eu01',
      authenticator: 'password',
      username: 'ada',
      password: 'wrong',
    });
    expect(screen.getByRole('alert')).toHaveProperty(
      'textContent',
      expect.stringContaining('Because of WRONG_CREDENTIALS.'),
    );
    expect(document.activeElement).toBe(field('Password'));
    expect(field('Password')).toHaveProperty('value', 'wrong');
    expect(field('Password').getAttribute('aria-describedby')).toBe(screen.getByRole('alert').id);
  });

  it('goes to the message where no field is at fault', async () => {
    const { user } = setUp({ account: 'acme-eu01', username: 'ada' });
    const { refuse } = answers();
    await user.type(field('Password'), 'p{Enter}');
    await refuse(refusal('USER_LOCKED'));
    expect(document.activeElement).toBe(screen.getByRole('alert'));
  });

  it('sends a push, counts the seconds, and stops waiting when asked to', async () => {
    const { user, signedIn } = setUp({ account: 'acme-eu01', username: 'ada' });
    const { sent, refuse, accept } = answers();
    await user.type(field('Password'), 'p{Enter}');
    await refuse(refusal('MFA_REQUIRED'));
    await user.click(screen.getByRole('button', { name: 'Send a push to my device' }));
    expect(sent[1]?.body).toMatchObject({ password: 'p', push: true });
    screen.getByText('Approve the request on your device.');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }));

    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(sent[1]?.signal?.aborted).toBe(true);
    await screen.findByText('You stopped waiting.');
    expect(field('Password')).toHaveProperty('value', 'p');

    await user.click(screen.getByRole('button', { name: 'Send a push to my device' }));
    await accept();
    expect(signedIn).toEqual([session]);
  });

  it('reads a key from a file, in the browser', async () => {
    const { user } = setUp({ account: 'acme-eu01', username: 'ada', method: 'key-pair' });
    const { sent } = answers();
    const pem = '-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n';
    const file = new File([pem], 'rsa_key.p8');
    // jsdom's files can't be read as text.
    Object.defineProperty(file, 'text', { value: () => Promise.resolve(pem) });
    await user.upload(screen.getByLabelText('choose a file'), file);
    await screen.findByText('rsa_key.p8');
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(sent[0]?.body).toMatchObject({ authenticator: 'key-pair', username: 'ada' });
    // A form sends line breaks as CRLF.
    expect(sent[0]?.body.privateKey?.replaceAll('\r\n', '\n')).toBe(pem);
  });

  it('moves between the methods by arrow keys, and keeps the user name', async () => {
    const { user } = setUp({ account: 'acme-eu01', username: 'ada', method: 'password' });
    act(() => screen.getByRole('tab', { name: 'Password' }).focus());
    await user.keyboard('{ArrowLeft}');
    expect(screen.getByRole('tab', { name: 'Access token' }).getAttribute('aria-selected')).toBe('true');
    expect(field(/^User name/)).toHaveProperty('value', 'ada');
  });

  it('shows only what the account allows, once that is known', async () => {
    api.fetchSignInOptions.mockResolvedValue({
      account: 'acme-eu01',
      methods: ['oauth', 'external-oauth'],
      hint: null,
    });
    const { user } = setUp();
    expect(screen.getAllByRole('tab')).toHaveLength(4);
    await user.type(field('Account identifier'), 'https://acme-eu01.snowflakecomputing.com/');
    await screen.findByRole('button', { name: 'Continue with your company' });
    expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual(['Single sign-on']);
    expect(api.fetchSignInOptions.mock.calls.at(-1)?.[0]).toBe('acme-eu01');
  });

  it('says where to set single sign-on up when no way is open', async () => {
    api.fetchSignInOptions.mockResolvedValue({ account: 'acme-eu01', methods: [], hint: 'No client is set up yet.' });
    setUp({ account: 'acme-eu01' });
    const link = await screen.findByRole('link', { name: 'Set up single sign-on' });
    expect(link.getAttribute('href')).toBe('/setup?account=acme-eu01');
    screen.getByText(/No client is set up yet./);
  });
});

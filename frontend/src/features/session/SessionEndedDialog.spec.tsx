import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import * as auth from '../../api/auth';
import type { Me, Session } from '../../api/types';
import { SessionEndedDialog } from './SessionEndedDialog';
import { signedInAgain, type WhoCame } from './signed-in-again';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/auth');
const api = jest.mocked(auth);

const me = {
  tenantId: 't',
  account: 'acme-eu01',
  username: 'ADA',
  authenticator: 'password',
  role: 'ANALYST',
  warehouse: 'WH',
} as Me;

async function signInAs(username: string) {
  api.fetchSignInOptions.mockResolvedValue({ account: 'acme-eu01', methods: ['password'], hint: null });
  const session: Session = { ...me, username };
  api.connect.mockResolvedValue({ session, accessToken: 'a.b.c', tokenType: 'Bearer', expiresIn: 900 });
  const queries = new QueryClient();
  queries.setQueryData(['workflow', 'wf_1'], 'drawn by Ada');
  const came: WhoCame[] = [];
  const stop = signedInAgain.subscribe((who) => came.push(who));
  let closed = false;
  render(
    <MemoryRouter initialEntries={['/workflows/wf_1']}>
      <QueryClientProvider client={queries}>
        <SessionEndedDialog me={me} open onSignedIn={() => (closed = true)} />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('Password', { selector: 'input' }), 'p{Enter}');
  stop();
  return { came, closed, workflow: queries.getQueryData(['workflow', 'wf_1']) };
}

describe('The dialog of a session that ended', () => {
  afterEach(() => jest.resetAllMocks());

  it('asks for what it does not know, and goes on in the same role and warehouse', async () => {
    const { came, closed, workflow } = await signInAs('ADA');
    expect(api.connect.mock.calls[0]?.[0]).toEqual({
      account: 'acme-eu01',
      authenticator: 'password',
      username: 'ADA',
      password: 'p',
      role: 'ANALYST',
      warehouse: 'WH',
    });
    expect([came, closed, workflow]).toEqual([['same'], true, 'drawn by Ada']);
  });

  it('hands nothing of the page to somebody else', async () => {
    const { came, workflow } = await signInAs('BOB');
    expect([came, workflow]).toEqual([['another'], undefined]);
  });

  it('offers the demo only where it was the demo that ended', async () => {
    await signInAs('ADA');
    expect(screen.queryByText('Try the demo warehouse')).toBeNull();
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../api/api-error';
import * as auth from '../../api/auth';
import type { ConnectionTest } from '../../api/types';
import { ConnectionTestPanel } from './ConnectionTestPanel';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/auth');
const api = jest.mocked(auth);

const host = 'acme.snowflakecomputing.com';
const FOUND: ConnectionTest = {
  account: 'acme',
  parts: [
    { part: 'name', state: 'ok', host, detail: 'The name is known.' },
    { part: 'login', state: 'ok', host, detail: 'It answers (200).' },
    { part: 'oauth', state: 'ok', host, detail: 'It answers (400).' },
    { part: 'rest', state: 'failed', host, detail: 'A proxy asks for credentials (407). Let /api/v2 be reached.' },
    { part: 'results', state: 'not-tested', host: null, detail: 'Snowflake names these hosts only to a session.' },
  ],
};

async function test(own: boolean, account = 'acme') {
  const onMissing = jest.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ConnectionTestPanel account={account} own={own} onMissing={onMissing} />
    </QueryClientProvider>,
  );
  await userEvent.setup().click(screen.getByRole('button', { name: 'Test the connection' }));
  return onMissing;
}

describe('The connection test on the page', () => {
  afterEach(() => jest.resetAllMocks());

  it('names the part that fails with its host and what to do, and why one was not tested', async () => {
    api.testConnection.mockResolvedValue(FOUND);
    await test(false);
    const parts = await screen.findAllByRole('listitem');
    expect(parts.map(({ textContent }) => textContent)).toEqual([
      `Host name reachable ${host}The name is known.`,
      `Login reachable ${host}It answers (200).`,
      `OAuth reachable ${host}It answers (400).`,
      `REST API not reachable ${host}A proxy asks for credentials (407). Let /api/v2 be reached.`,
      'Result hosts not testedSnowflake names these hosts only to a session.',
    ]);
    expect(parts.map(({ dataset }) => dataset['state'])).toEqual(['ok', 'ok', 'ok', 'failed', 'not-tested']);
  });

  it('asks in the own session where there is one', async () => {
    api.testOwnConnection.mockResolvedValue(FOUND);
    await test(true);
    expect(await screen.findAllByRole('listitem')).toHaveLength(5);
    expect(api.testConnection).not.toHaveBeenCalled();
  });

  it('says why nothing could be tested', async () => {
    api.testConnection.mockRejectedValue(new ApiError(429, { code: 'THROTTLED', detail: 'Too many requests.' }));
    await test(false);
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.queryByRole('listitem')).toBeNull();
  });

  it('asks for the account first', async () => {
    expect(await test(false, ' ')).toHaveBeenCalledTimes(1);
    expect(api.testConnection).not.toHaveBeenCalled();
  });
});

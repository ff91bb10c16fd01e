import { EventEmitter, once } from 'node:events';
import type { SignInRequest } from '@snowflow/contracts/auth/auth.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { startGateway, TestGateway } from '../testing/test-gateway';

describe('A sign-in that waits for a pushed request', () => {
  let gateway: TestGateway;
  const seen = new EventEmitter();

  beforeAll(async () => {
    gateway = await startGateway();
    gateway.auth.answers.connect = async (request) => {
      seen.emit('connect', request);
      await once(seen, 'abandon');
      throw new AppError('SESSION_ENDED', 'The sign-in was cancelled.');
    };
    gateway.auth.answers.abandon = (request) => {
      seen.emit('abandon', request);
      return Promise.resolve({ done: true });
    };
  });
  afterAll(() => gateway.stop());

  it('is given up in auth when its browser hangs up', async () => {
    const abort = new AbortController();
    const connecting = once(seen, 'connect') as Promise<[SignInRequest]>;
    const abandoning = once(seen, 'abandon');
    const waiting = fetch(`${gateway.url}/api/v1/auth/connect`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'demo', authenticator: 'password', username: 'a', password: 'b', push: true }),
      signal: abort.signal,
    });
    const [{ attemptId }] = await connecting;
    abort.abort();
    await expect(waiting).rejects.toThrow('aborted');
    expect(await abandoning).toEqual([{ attemptId }]);
  });
});

import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Endpoint } from './endpoint';

const DEFAULT_TIMEOUT_MS = 2_500;

/** Resolves and dials the account before any credential is sent, so that a mistyped name is an answer within seconds. */
export async function requireReachable({ account, origin }: Endpoint, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
  const { hostname, port, protocol } = new URL(origin);
  const deadline = AbortSignal.timeout(timeoutMs);
  const late = new Promise<never>((_, reject) =>
    deadline.addEventListener('abort', () => reject(new Error('no answer')), { once: true }),
  );
  try {
    const { address } = await Promise.race([lookup(hostname), late]);
    await Promise.race([dial(address, Number(port) || (protocol === 'https:' ? 443 : 80), deadline), late]);
  } catch (error) {
    throw unreachable(account, error);
  }
}

export function unreachable(account: string, cause?: unknown): AppError {
  return new AppError(
    'SNOWFLAKE_UNREACHABLE',
    `The account ${account} does not answer. Check the account name: it looks like myorg-myaccount.`,
    {},
    { cause },
  );
}

function dial(host: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const stop = () => socket.destroy(new Error('no answer'));
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve();
    });
  });
}

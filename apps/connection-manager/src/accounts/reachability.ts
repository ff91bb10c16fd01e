import { lookup as systemLookup } from 'node:dns';
import { connect, type LookupFunction } from 'node:net';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Egress } from '../net/egress';
import type { Endpoint } from './endpoint';

const DEFAULT_TIMEOUT_MS = 2_500;

/** Resolves and dials the account before any credential is sent, so that a mistyped name is an answer within seconds. */
export async function requireReachable(
  { account, origin }: Endpoint,
  egress: Egress,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<void> {
  const url = new URL(origin);
  try {
    await dial(url, egress.lookupFor(url) ?? (systemLookup as LookupFunction), timeoutMs);
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

/** Resolves when the origin takes a connection. */
export function dial({ hostname, port, protocol }: URL, lookup: LookupFunction, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80), lookup });
    const late = setTimeout(() => socket.destroy(new Error('no answer')), timeoutMs);
    const end = (error?: Error) => {
      clearTimeout(late);
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.once('error', end);
    socket.once('connect', () => end());
  });
}

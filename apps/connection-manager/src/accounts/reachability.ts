import { lookup as systemLookup } from 'node:dns';
import { connect, type LookupFunction } from 'node:net';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';
import { LOGIN_FAILURE_SENTENCES } from '@snowflow/contracts/errors/login-failure-sentences';
import type { Egress } from '../net/egress';
import type { Endpoint } from './endpoint';

const DEFAULT_TIMEOUT_MS = 2_500;
/** Of a resolver that knows no such name, or knows none at all. */
const UNKNOWN_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENODATA']);

type Unreachable = Extract<LoginFailure, 'ACCOUNT_UNKNOWN' | 'NO_CONNECTION' | 'NO_ANSWER'>;

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
    const isUnknown = UNKNOWN_NAME.has(String((error as { code?: unknown }).code));
    throw unreachable(account, isUnknown ? 'ACCOUNT_UNKNOWN' : 'NO_CONNECTION', error);
  }
}

/** How far one came towards the account stands as the reason. */
export function unreachable(account: string, reason: Unreachable, cause?: unknown): AppError {
  const message = `${account}: ${LOGIN_FAILURE_SENTENCES[reason]}`;
  return new AppError('SNOWFLAKE_UNREACHABLE', message, { extensions: { reason } }, { cause });
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

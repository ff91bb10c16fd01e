import { isErrorCode, ERROR_CODES } from '@snowflow/contracts/errors/error-codes';
import { LOGIN_FAILURES, type LoginFailure } from '@snowflow/contracts/errors/login-failure';
import { ApiError, UnreachableError, messageOf } from '../../api/api-error';

const FIELDS = [
  'account',
  'username',
  'password',
  'passcode',
  'privateKey',
  'privateKeyPassphrase',
  'token',
  'role',
] as const;
export type SignInField = (typeof FIELDS)[number];

/** What went wrong at sign-in: the cause in bold, then what to do. */
export interface SignInError {
  title: string;
  text: string;
  tone?: 'danger' | 'neutral';
  /** Where the mistake is, if it is in one field. */
  field?: SignInField | undefined;
  /** What the page can do about it. */
  offer?: 'push' | 'setup' | undefined;
}

const AT_FAULT: Partial<Record<LoginFailure, SignInField>> = {
  WRONG_CREDENTIALS: 'password',
  MFA_REQUIRED: 'passcode',
  PASSCODE_WRONG: 'passcode',
  KEY_MISMATCH: 'privateKey',
  KEY_UNREADABLE: 'privateKey',
  KEY_ENCRYPTED: 'privateKeyPassphrase',
  PASSPHRASE_WRONG: 'privateKeyPassphrase',
  TOKEN_INVALID: 'token',
  TOKEN_EXPIRED: 'token',
  ROLE_NOT_GRANTED: 'role',
  OAUTH_ROLE_BLOCKED: 'role',
  ACCOUNT_UNKNOWN: 'account',
  NO_CONNECTION: 'account',
};
const PUSHABLE = new Set<LoginFailure>(['MFA_REQUIRED', 'PUSH_DENIED', 'PUSH_TIMEOUT']);
const NEEDS_SETUP = new Set<LoginFailure>(['OAUTH_CLIENT_WRONG', 'OAUTH_REDIRECT_MISMATCH']);

export function isLoginFailure(reason: unknown): reason is LoginFailure {
  return LOGIN_FAILURES.some((known) => known === reason);
}

/** Which field is at fault, and what can be offered. */
export function remedyOf(code: string, reason: unknown): Pick<SignInError, 'field' | 'offer'> {
  if (code === 'OAUTH_NOT_SET_UP') return { offer: 'setup' };
  if (code === 'ACCOUNT_NOT_ALLOWED') return { field: 'account' };
  if (!isLoginFailure(reason)) return code === 'SNOWFLAKE_UNREACHABLE' ? { field: 'account' } : {};
  const offer = PUSHABLE.has(reason) ? 'push' : NEEDS_SETUP.has(reason) ? 'setup' : undefined;
  return { field: AT_FAULT[reason], offer };
}

/** The heading of a refusal. */
export function titleOf(code: string, account: string, reason?: unknown): string {
  if (code === 'SNOWFLAKE_UNREACHABLE') {
    if (reason === 'PROVIDER_NO_ANSWER') return 'The sign-in provider does not answer.';
    return reason === 'NO_ANSWER' ? `Snowflake does not answer for ${account}.` : `No account answers at ${account}.`;
  }
  if (code === 'ACCOUNT_NOT_ALLOWED') return `The account ${account} is not allowed here.`;
  return isErrorCode(code) ? `${ERROR_CODES[code].title}.` : 'The sign-in did not work.';
}

/** A refusal as the server wrote it, under a heading, with the field that is at fault. */
export function signInError(error: unknown, account: string): SignInError {
  if (error instanceof UnreachableError) {
    return { title: 'SnowFlow cannot reach its server.', text: 'Check the connection, then try again.' };
  }
  if (!(error instanceof ApiError)) return { title: 'The sign-in did not work.', text: messageOf(error) };
  if (error.code === 'VALIDATION') {
    const errors = error.body.errors ?? [];
    const text = errors.map(({ message }) => message).join(' ') || error.message;
    const named = FIELDS.find((field) => errors.some(({ path }) => path === field));
    return { title: 'Some fields are not right.', text, field: named };
  }
  const wait = error.code === 'THROTTLED' ? ` Try again in ${error.retryAfterSeconds ?? 60} s.` : '';
  return {
    title: titleOf(error.code, account, error.body.reason),
    text: `${error.body.detail ?? ''}${wait}`,
    ...remedyOf(error.code, error.body.reason),
  };
}

/** What is left when the person stops waiting for a push. */
export const STOPPED_WAITING: SignInError = {
  title: 'You stopped waiting.',
  text: 'Nobody is signed in, also where the request on your device is approved later. Type a passcode, or send a new request.',
  tone: 'neutral',
  offer: 'push',
};

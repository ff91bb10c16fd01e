import type { LoginFailure } from '@snowflow/contracts/errors/login-failure';

const BY_CODE: Record<string, LoginFailure> = {
  '390100': 'WRONG_CREDENTIALS',
  '390101': 'USER_DISABLED',
  '390102': 'USER_LOCKED',
  '390127': 'PUSH_DENIED',
  '390129': 'MFA_REQUIRED',
  '390131': 'PUSH_TIMEOUT',
  '390132': 'PASSCODE_WRONG',
  '390186': 'OAUTH_ROLE_BLOCKED',
  '390189': 'ROLE_NOT_GRANTED',
  '390303': 'TOKEN_INVALID',
  '390317': 'OAUTH_ROLE_BLOCKED',
  '390318': 'TOKEN_EXPIRED',
  '390420': 'NETWORK_POLICY',
  '390422': 'NETWORK_POLICY',
  '394400': 'TOKEN_INVALID',
  '394401': 'TOKEN_EXPIRED',
  '394508': 'PASSCODE_WRONG',
};

/** Where the code says too little: Snowflake uses one for many reasons, and new ones over time. */
const BY_MESSAGE: readonly [RegExp, LoginFailure][] = [
  [/fingerprint_mismatch|JWT_TOKEN_INVALID_PUBLIC_KEY/i, 'KEY_MISMATCH'],
  [/temporarily locked|too many failed/i, 'USER_LOCKED'],
  [/user.*(?:disabled|access disabled)/i, 'USER_DISABLED'],
  [/network policy|IP.*not allowed to access/i, 'NETWORK_POLICY'],
  [/passcode.*(?:invalid|incorrect|wrong)|invalid.*passcode/i, 'PASSCODE_WRONG'],
  [/multi-factor authentication is required|MFA.*required/i, 'MFA_REQUIRED'],
  [/token.*expired|expired.*token/i, 'TOKEN_EXPIRED'],
  [/JWT token is invalid/i, 'KEY_MISMATCH'],
];

/** Why Snowflake refused, by its code (six digits) and message. */
export function loginFailureOf(code: string | undefined, message: string): LoginFailure {
  const known = BY_CODE[code ?? ''];
  if (known) return known;
  return BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? 'OTHER';
}

/**
 * Why Snowflake (or a provider) did not let a person in. It stands as `reason` beside SNOWFLAKE_LOGIN_FAILED, OAUTH_FAILED and
 * SNOWFLAKE_UNREACHABLE in the problem, for pages that offer the next step. None tells whether a user exists where Snowflake does not.
 */
export const LOGIN_FAILURES = [
  'WRONG_CREDENTIALS',
  'MFA_REQUIRED',
  'PASSCODE_WRONG',
  'PUSH_DENIED',
  'PUSH_TIMEOUT',
  'KEY_MISMATCH',
  'KEY_UNREADABLE',
  'KEY_ENCRYPTED',
  'PASSPHRASE_WRONG',
  'TOKEN_INVALID',
  'TOKEN_EXPIRED',
  'NETWORK_POLICY',
  'ROLE_NOT_GRANTED',
  'USER_LOCKED',
  'USER_DISABLED',
  'OAUTH_DENIED',
  'OAUTH_REDIRECT_MISMATCH',
  'OAUTH_CLIENT_WRONG',
  'OAUTH_ROLE_BLOCKED',
  'OAUTH_NO_REFRESH_TOKEN',
  'OAUTH_OTHER_USER',
  'ACCOUNT_UNKNOWN',
  'NO_CONNECTION',
  'NO_ANSWER',
  'PROVIDER_NO_ANSWER',
  'OTHER',
] as const;
export type LoginFailure = (typeof LOGIN_FAILURES)[number];

/**
 * Every error that may cross a process boundary: the code is the contract, the status is how HTTP says it.
 * A code is never renamed or reused; API clients branch on it.
 */
export const ERROR_CODES = {
  VALIDATION: { status: 422, title: 'The request is not valid' },
  MALFORMED_BODY: { status: 400, title: 'The body is not readable' },
  OAUTH_STATE_INVALID: { status: 400, title: 'This sign-in was not started here, or is over' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The content type is not supported' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first' },
  SESSION_ENDED: { status: 401, title: 'The session has ended' },
  SNOWFLAKE_SESSION_ENDED: { status: 401, title: 'The Snowflake session has ended' },
  SNOWFLAKE_LOGIN_FAILED: { status: 401, title: 'Snowflake refused the sign-in' },
  OAUTH_FAILED: { status: 401, title: 'The sign-in at the provider failed' },
  REFRESH_REUSED: { status: 401, title: 'The refresh token was used before' },
  FORBIDDEN: { status: 403, title: 'Not allowed' },
  ORIGIN_REFUSED: { status: 403, title: 'The request came from another origin' },
  ACCOUNT_NOT_ALLOWED: { status: 403, title: 'This account is not allowed here' },
  METHOD_REFUSED: { status: 403, title: 'This way to sign in is not allowed here' },
  NOT_A_MEMBER: { status: 403, title: 'Not a member of this tenant' },
  ROLE_REVOKED: { status: 403, title: 'Snowflake no longer grants this role' },
  NOT_YOUR_RESULT: { status: 403, title: 'Only who ran it may read the rows' },
  CONTEXT_DIFFERS: { status: 403, title: 'The session has another role or warehouse than the run' },
  SNOWFLAKE_ACCESS_DENIED: { status: 403, title: 'Snowflake does not grant this' },
  EGRESS_REFUSED: { status: 403, title: 'This installation sends nothing there' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  SOURCE_NOT_FOUND: { status: 404, title: 'The object does not exist or is not authorized' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed' },
  REVISION_CONFLICT: { status: 409, title: 'Somebody saved a newer revision' },
  NO_OWN_RESULT: { status: 409, title: 'This node has no result of its own' },
  BUDGET_EXCEEDED: { status: 409, title: 'The run would pass its budget' },
  APPROVAL_DECIDED: { status: 409, title: 'The approval is decided already, or does not wait' },
  APPROVAL_TIMED_OUT: { status: 409, title: 'Nobody decided in time' },
  CONTEXT_NOT_HONOURED: { status: 409, title: 'Snowflake would answer under another role' },
  DEPLOY_CHANGED: { status: 409, title: 'What would be made is no longer what was shown' },
  RUN_ENDED: { status: 409, title: 'The run has ended' },
  ROLE_NEEDS_SIGN_IN: { status: 409, title: 'This role needs another sign-in' },
  OAUTH_NOT_SET_UP: { status: 409, title: 'OAuth is not set up for this account' },
  CREDENTIAL_UNUSABLE: { status: 409, title: 'The stored credential may not be used for this' },
  RESULT_EXPIRED: { status: 410, title: 'The result has expired' },
  LOOP_TOO_LARGE: { status: 422, title: 'A loop has more to do than it may' },
  WORKFLOW_INVALID: { status: 422, title: 'The workflow is not valid' },
  IDEMPOTENCY_MISMATCH: { status: 422, title: 'The idempotency key was used with another body' },
  MODEL_UNKNOWN: { status: 422, title: 'This model is not to be had here' },
  SQL_FAILED: { status: 422, title: 'Snowflake could not run the statement' },
  THROTTLED: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'Something went wrong here' },
  RUN_PARKED: { status: 500, title: 'The run stopped its workers again and again' },
  UNKNOWN_PATTERN: { status: 500, title: 'No service answers this' },
  SNOWFLAKE_UNAVAILABLE: { status: 502, title: 'Snowflake did not answer as expected' },
  ROLE_MISMATCH: { status: 502, title: 'The statement ran under another role and was cancelled' },
  CORTEX_FAILED: { status: 502, title: 'Cortex refused or failed' },
  MODEL_FAILED: { status: 502, title: 'The model gave no usable answer' },
  NOTIFICATION_FAILED: { status: 502, title: 'The notification was not taken' },
  OUTCOME_UNKNOWN: { status: 503, title: 'The outcome is not known' },
  OVERLOADED: { status: 503, title: 'Too much is going on' },
  UNAVAILABLE: { status: 503, title: 'A part of SnowFlow does not answer' },
  DEADLINE_EXCEEDED: { status: 504, title: 'The answer did not come in time' },
  SNOWFLAKE_UNREACHABLE: { status: 504, title: 'The account does not answer' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Whether a string read from a wire is a code of ours. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);
}

/** Whether this installation runs inside Snowflake, behind its ingress. */
export const NATIVE_APP = Symbol('NATIVE_APP');
/** The origin people's browsers use, for redirect URIs. */
export const PUBLIC_URL = Symbol('PUBLIC_URL');

/** Injection token of how many requests a minute an address or a session has. */
export const REQUESTS_PER_MINUTE = Symbol('REQUESTS_PER_MINUTE');

/** Streams of events that a session may have open at once. */
export const STREAMS_PER_SESSION = Symbol('STREAMS_PER_SESSION');

/** Calls of published workflows that a tenant has in a minute. */
export const CALLS_PER_MINUTE = Symbol('CALLS_PER_MINUTE');

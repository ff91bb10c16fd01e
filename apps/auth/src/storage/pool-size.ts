/** Connections to PostgreSQL of an auth process. */
export const AUTH_POOL_SIZE = 10;

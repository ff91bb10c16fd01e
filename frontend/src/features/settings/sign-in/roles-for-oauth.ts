/** Snowflake refuses these to every OAuth session, whatever the user holds. */
const BLOCKED = new Set(['ACCOUNTADMIN', 'SECURITYADMIN', 'ORGADMIN', 'GLOBALORGADMIN']);

/** The roles that a sign-in by OAuth can take. */
export const rolesForOauth = (roles: readonly string[]) => roles.filter((role) => !BLOCKED.has(role));

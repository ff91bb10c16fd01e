import { choice, Env, list, onOff, parseEnv, text, whole } from '@snowflow/platform/env/env-schema';
import { REDIS_URL } from '@snowflow/platform/redis/redis-url';
import { tracingEnv } from '@snowflow/platform/tracing/tracing-env';

/** An outside vault, for those who have one. */
export const vaultEnv = {
  VAULT_ADDR: text('The origin of a HashiCorp Vault, as https://vault.example.com:8200', { default: '' }),
  VAULT_TOKEN_FILE: text('The file with its token, read for every request', { default: '' }),
  VAULT_NAMESPACE: text('The namespace to ask it in, empty for the root', { default: '' }),
  VAULT_TIMEOUT_MS: whole('How long one answer of it is waited for', { default: '3000' }),
  VAULT_TRANSIT_MOUNT: text('Where its Transit engine is mounted', { default: 'transit' }),
  VAULT_TRANSIT_KEY: text('The Transit key that seals data keys; empty: SEALING_KEYS seal them', { default: '' }),
  VAULT_KV_MOUNT: text('Where its KV engine, version 2, is mounted; empty: Postgres keeps secrets', { default: '' }),
  VAULT_KV_PREFIX: text('The path within it under which SnowFlow keeps secrets', { default: 'snowflow' }),
};

export const authEnv = {
  ...vaultEnv,
  AUTH_HEALTH_PORT: whole('The port of health and metrics, 0 for any', { default: '0' }),
  HEALTH_HOST: text('The address health and metrics listen on', { default: '127.0.0.1' }),
  REDIS_URL,
  DATABASE_URL: text('PostgreSQL, as postgres://user:password@host:port/database', { secret: true }),
  SEALING_KEYS: text('The key ring: id:base64 of 32 bytes, the first seals', { secret: true }),
  JWT_PRIVATE_KEY: text('The keys of access tokens: PEM, PKCS8, EC P-256, one after the other; the first signs', {
    secret: true,
  }),
  SESSION_IDLE_SECONDS: whole('Where a tenant sets nothing else, a session not refreshed for so long ends', {
    default: '14400',
  }),
  SESSION_MAX_SECONDS: whole('Where a tenant sets nothing else, a session ends after so long in any case', {
    default: '43200',
  }),
  SESSIONS_PER_PERSON: whole('Where a person signs in more often than this at a time, their oldest session ends', {
    default: '50',
  }),
  PUBLIC_URL: text('The origin under which browsers reach the gateway', { default: 'http://localhost:3000' }),
  HOSTED: onOff('Where a tenant sets nothing else, people sign in by OAuth only', { default: 'off' }),
  OWNER_ROLES: list('Where a tenant sets nothing else, holders of these Snowflake roles own it', {
    default: 'ACCOUNTADMIN,SECURITYADMIN',
  }),
  NATIVE_APP: onOff('SnowFlow runs as a Native App: the ingress of Snowflake says who people are', { default: 'off' }),
  OAUTH_PRIVATE_ISSUERS: list('Origins of identity providers that may do without https', { default: '' }),
  ...tracingEnv,
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'How much is logged', {
    default: 'info',
  }),
  DRAIN_TIMEOUT_MS: whole('How long a stop waits for requests under way', { default: '10000' }),
};

export type AuthEnv = Env<typeof authEnv>;

export function readEnv(): AuthEnv {
  return parseEnv(authEnv, process.env);
}

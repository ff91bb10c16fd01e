import { choice, Env, parseEnv, text, whole } from '@snowflow/platform/env/env-schema';

export const authEnv = {
  AUTH_HEALTH_PORT: whole('The port of health and metrics, 0 for any', { default: '0' }),
  HEALTH_HOST: text('The address health and metrics listen on', { default: '127.0.0.1' }),
  REDIS_URL: text('Redis, as redis://host:port'),
  DATABASE_URL: text('PostgreSQL, as postgres://user:password@host:port/database', { secret: true }),
  SEALING_KEYS: text('The key ring: id:base64 of 32 bytes, the first seals', { secret: true }),
  JWT_PRIVATE_KEY: text('The key that signs access tokens: PEM, PKCS8, EC P-256', { secret: true }),
  SESSION_IDLE_SECONDS: whole('A session ends when its tokens were not refreshed for so long', { default: '14400' }),
  SESSION_MAX_SECONDS: whole('A session ends after so long in any case', { default: '43200' }),
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'How much is logged', {
    default: 'info',
  }),
  DRAIN_TIMEOUT_MS: whole('How long a stop waits for requests under way', { default: '10000' }),
};

export type AuthEnv = Env<typeof authEnv>;

export function readEnv(): AuthEnv {
  return parseEnv(authEnv, process.env);
}

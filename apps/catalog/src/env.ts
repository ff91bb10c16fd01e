import { choice, Env, parseEnv, text, whole } from '@snowflow/platform/env/env-schema';
import { REDIS_URL } from '@snowflow/platform/redis/redis-url';
import { tracingEnv } from '@snowflow/platform/tracing/tracing-env';

export const catalogEnv = {
  CATALOG_HEALTH_PORT: whole('The port of health and metrics, 0 for any', { default: '0' }),
  HEALTH_HOST: text('The address health and metrics listen on', { default: '127.0.0.1' }),
  REDIS_URL,
  SEALING_KEYS: text('The key ring: id:base64 of 32 bytes, the first seals', { secret: true }),
  CATALOG_CACHE_SECONDS: whole('How long names and columns are remembered for a session and role', { default: '60' }),
  CATALOG_INDEX_SECONDS: whole('After how long what a role may see is read anew for its searches', { default: '600' }),
  CATALOG_INDEX_LIFE_SECONDS: whole('How long an index of searches is kept at most', { default: '3600' }),
  CATALOG_INDEX_OBJECTS: whole('How many objects an index of searches holds at most', { default: '300000' }),
  CATALOG_INDEX_MEMORY_MB: whole('How much memory indexes of searches may take in a process, in megabytes', {
    default: '96',
  }),
  ...tracingEnv,
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'How much is logged', {
    default: 'info',
  }),
  DRAIN_TIMEOUT_MS: whole('How long a stop waits for requests under way', { default: '10000' }),
};

export type CatalogEnv = Env<typeof catalogEnv>;

export function readEnv(): CatalogEnv {
  return parseEnv(catalogEnv, process.env);
}

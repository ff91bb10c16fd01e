import { list, onOff, parseEnv, text, whole } from '@snowflow/platform/env/env-schema';
import { REDIS_URL } from '@snowflow/platform/redis/redis-url';
import { tracingEnv } from '@snowflow/platform/tracing/tracing-env';
import type { Endpoint } from './accounts/endpoint';

// The driver reads these two while it is loaded; this module therefore stands before it in every import list.
process.env['SNOWFLAKE_DISABLE_PLATFORM_DETECTION'] = 'true';
process.env['SF_TELEMETRY_DISABLE_CONNECTION_SHAPE'] = '1';

const SNOWFLAKE_NAME = /^[a-z0-9_.-]+\.snowflakecomputing\.(?:com|cn)$/i;

export const connectionsEnv = {
  REDIS_URL,
  SEALING_KEYS: text('Keys that seal secrets, id:base64[,id:base64]', { secret: true }),
  DEMO: onOff('Whether the accounts demo and demo2 exist', { default: 'on' }),
  DEMO_ACCOUNTS: list('The accounts that the local warehouse serves, in lower case', { default: 'demo,demo2' }),
  DEMO_WAREHOUSE_URL: text('Origin of the local warehouse', { default: '' }),
  ACCOUNT_ALLOW_LIST: list('Account identifiers that may sign in; empty allows all', { default: '' }),
  PRIVATE_LINK: onOff('Whether private link names may lead to private addresses', { default: 'off' }),
  OAUTH_PRIVATE_ISSUERS: list("Exact origins of identity providers in the company's own network", { default: '' }),
  NATIVE_APP: onOff('Whether it runs inside Snowflake, as a Native App', { default: 'off' }),
  SPCS_TOKEN_FILE: text("Where Snowflake writes the service's own token", { default: '/snowflake/session/token' }),
  SNOWFLAKE_HOST: text('With NATIVE_APP, the host of the account it runs in; Snowflake sets it', { default: '' }),
  SNOWFLAKE_ACCOUNT: text('With NATIVE_APP, the name of that account; Snowflake sets it', { default: '' }),
  CONNECTIONS_ROWS_HOST: text('Where the internal rows endpoint listens', { default: '127.0.0.1' }),
  CONNECTIONS_ROWS_PORT: whole('Port of the internal rows endpoint, 0 for any', { default: '3110' }),
  CONNECTIONS_HEALTH_PORT: whole('Port of health and metrics, 0 for any', { default: '0' }),
  HEALTH_HOST: text('Address health and metrics listen on', { default: '127.0.0.1' }),
  LIVE_CONNECTIONS_MAX: whole('Live driver connections one process keeps', { default: '500' }),
  LIVE_CONNECTION_IDLE_MS: whole('A live driver connection unused for this long is dropped', { default: '600000' }),
  SESSION_HEARTBEAT_MS: whole('How often sessions in use are kept alive in Snowflake', { default: '900000' }),
  LIVE_CHECK_SECONDS: whole('How often Snowflake is asked whether a session lives, 0 for each statement', {
    default: '240',
    max: 300,
  }),
  ...tracingEnv,
  LOG_LEVEL: text('Least severe level that is logged', { default: 'info' }),
  DRAIN_TIMEOUT_MS: whole('How long a stopping process lets work end', { default: '10000' }),
};

/** The environment of connection-manager; throws one error that names all that is wrong. */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  const env = parseEnv(connectionsEnv, source);
  // A heartbeat counts as use: a connection that is not dropped between two of them would keep its session alive for ever.
  if (env.LIVE_CONNECTION_IDLE_MS >= env.SESSION_HEARTBEAT_MS) {
    throw new Error('LIVE_CONNECTION_IDLE_MS must be less than SESSION_HEARTBEAT_MS');
  }
  if (env.NATIVE_APP && env.SNOWFLAKE_HOST && !SNOWFLAKE_NAME.test(env.SNOWFLAKE_HOST)) {
    throw new Error('SNOWFLAKE_HOST must be a host of snowflakecomputing.com or snowflakecomputing.cn');
  }
  return env;
}

/** The account that SnowFlow runs in, where it runs inside Snowflake: it answers on an address of Snowflake's own network. */
export function homeOf({
  NATIVE_APP,
  SNOWFLAKE_HOST,
  SNOWFLAKE_ACCOUNT,
}: ReturnType<typeof readEnv>): Endpoint | undefined {
  if (!NATIVE_APP || SNOWFLAKE_HOST === '') return undefined;
  return {
    account: (SNOWFLAKE_ACCOUNT || SNOWFLAKE_HOST).toLowerCase(),
    origin: `https://${SNOWFLAKE_HOST.toLowerCase()}`,
  };
}

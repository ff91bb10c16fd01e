import { choice, Env, list, onOff, parseEnv, text, whole } from '@snowflow/platform/env/env-schema';
import { REDIS_URL } from '@snowflow/platform/redis/redis-url';
import { tracingEnv } from '@snowflow/platform/tracing/tracing-env';

export const gatewayEnv = {
  HOST: text('The address the API listens on', { default: '127.0.0.1' }),
  PORT: whole('The port the API listens on', { default: '3000' }),
  GATEWAY_HEALTH_PORT: whole('The port of health and metrics, 0 for any', { default: '0' }),
  HEALTH_HOST: text('The address health and metrics listen on', { default: '127.0.0.1' }),
  REDIS_URL,
  SEALING_KEYS: text('The key ring: id:base64 of 32 bytes, the first seals', { secret: true }),
  JWT_PUBLIC_KEYS: text('The keys that access tokens are checked with, as a JWKS document'),
  CONNECTIONS_ROWS_URLS: list('Internal http origins of connection-manager, comma separated'),
  PUBLIC_URL: text('The address people open, https://host, for redirects; empty: http://localhost:PORT', {
    default: '',
  }),
  NATIVE_APP: onOff("Whether it runs inside Snowflake, behind Snowflake's ingress", { default: 'off' }),
  PUBLIC_ORIGINS: list("Browser origins that may call beside the gateway's own", { default: '' }),
  TRUSTED_PROXIES: list('Addresses or CIDRs whose X-Forwarded-* headers are believed', { default: '' }),
  THROTTLE_CONNECTS_PER_MINUTE: whole('Failed sign-ins a minute and client address', { default: '30' }),
  THROTTLE_SIGN_INS_PER_MINUTE: whole('Sign-ins that succeed, a minute and client address', { default: '600' }),
  THROTTLE_REQUESTS_PER_MINUTE: whole('Requests a minute and session', { default: '600' }),
  THROTTLE_CALLS_PER_MINUTE: whole('Calls of published workflows a minute and tenant, over all its keys', {
    default: '60000',
  }),
  CONNECTIONS_AT_ONCE: whole('Connections that stay open at once; further ones are closed', { default: '10000' }),
  REQUESTS_AT_ONCE: whole('Requests worked on at once; who waits for a run to end, or reads a stream, is not counted', {
    default: '64',
  }),
  REQUESTS_IN_LINE: whole('Requests that may wait for their turn; further ones are answered 503', { default: '512' }),
  REQUEST_PATIENCE_MS: whole('How long one waits for its turn before it is answered 503', { default: '3000' }),
  EVENT_LOOP_DELAY_LIMIT_MS: whole('While the process is later than this, new requests are answered 503', {
    default: '500',
  }),
  BODY_LIMIT_BYTES: whole('The largest request body', { default: '2097152' }),
  IMPORT_LIMIT_BYTES: whole('The largest file of workflows that is imported, as YAML or as a form', {
    default: '8388608',
  }),
  HEADERS_TIMEOUT_MS: whole('How long the line and the headers of a request may take to arrive', { default: '10000' }),
  REQUEST_TIMEOUT_MS: whole('How long a whole request, with its body, may take to arrive', { default: '60000' }),
  KEEP_ALIVE_TIMEOUT_MS: whole(
    "How long an idle connection is kept; more than a load balancer's own, which ends it first",
    {
      default: '72000',
    },
  ),
  MAX_STREAMS_PER_SESSION: whole('Streams of events that a session may have open at once, at one gateway', {
    default: '32',
  }),
  FRONTEND_DIR: text('The built frontend', { default: 'dist/frontend' }),
  ...tracingEnv,
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'How much is logged', {
    default: 'info',
  }),
  DRAIN_TIMEOUT_MS: whole('How long a stop waits for requests under way', { default: '10000' }),
};

export type GatewayEnv = Env<typeof gatewayEnv>;

export function readEnv(): GatewayEnv {
  return parseEnv(gatewayEnv, process.env);
}

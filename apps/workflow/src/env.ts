import { choice, type Env, list, parseEnv, text, whole } from '@snowflow/platform/env/env-schema';
import { REDIS_URL } from '@snowflow/platform/redis/redis-url';
import { tracingEnv } from '@snowflow/platform/tracing/tracing-env';
import type { ModelEndpoint } from './models/model-endpoint';
import type { RunPlaces } from './queue/run-places';

const shared = {
  REDIS_URL,
  DATABASE_URL: text('PostgreSQL, as postgres://user:password@host:port/database', { secret: true }),
  SEALING_KEYS: text('The key ring: id:base64 of 32 bytes, the first seals', { secret: true }),
  ...tracingEnv,
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'How much is logged', {
    default: 'info',
  }),
  HEALTH_HOST: text('The address that health and metrics listen on', { default: '127.0.0.1' }),
  DRAIN_TIMEOUT_MS: whole('How long a stop waits for what is under way', { default: '10000' }),
  WORKFLOW_POOL_SIZE: whole('Connections to PostgreSQL of this process', { default: '10' }),
  WORKFLOW_POOL_WAIT_MS: whole('How long a request waits for one of them before it is answered 503', {
    default: '10000',
  }),
  MODEL_ENDPOINT_URL: text("Base of an OpenAI-compatible endpoint, as https://host/v1; empty: Cortex's models only", {
    default: '',
  }),
  MODEL_ENDPOINT_MODELS: list('The models of that endpoint that workflows may name, comma separated', { default: '' }),
  RUNS_AT_ONCE_PER_TENANT: whole('Runs under way at once in a tenant that has no limit of its own', { default: '64' }),
  RUNS_AT_ONCE_PER_WORKFLOW: whole('The same of one workflow', { default: '32' }),
  RUNS_AT_ONCE_PER_WAREHOUSE: whole('The same on one warehouse', { default: '48' }),
};

export const serviceEnv = {
  ...shared,
  SCHEDULE_LEAST_SECONDS: whole('No schedule may run more often than every so many seconds', { default: '60' }),
  WORKFLOW_HEALTH_PORT: whole('The port of health and metrics, 0 for any', { default: '0' }),
};

export const workerEnv = {
  ...shared,
  WORKER_HEALTH_PORT: whole('The port of health and metrics, 0 for any', { default: '0' }),
  RUN_CONCURRENCY: whole('Runs that a worker executes at once', { default: '16' }),
  RUN_RISES_AFTER_SECONDS: whole('A waiting run becomes as urgent as the next kind after so many seconds', {
    default: '120',
  }),
  RUN_MAX_ATTEMPTS: whole('A run that stopped so many workers before a step finished is parked', { default: '10' }),
  RUN_RETENTION_DAYS: whole('Finished runs are kept so many days, unless their tenant has decided it', {
    default: '90',
  }),
  TRASH_RETENTION_DAYS: whole('Workflows in the trash are removed for good after so many days', { default: '30' }),
  PURGE_EVERY_SECONDS: whole('Old runs and idempotency keys are looked for every so many seconds', {
    default: '3600',
  }),
  CONNECTIONS_ROWS_URLS: list('Internal http origins of connection-manager, comma separated'),
  EGRESS_HOSTS: list('Hosts that steps may reach: exact, or .suffix for all below; empty: none', {
    default: '',
  }),
  EGRESS_PRIVATE_HOSTS: list('Hosts, as in EGRESS_HOSTS, that may be on private addresses and plain http', {
    default: '',
  }),
  MODEL_ENDPOINT_KEY: text('The key of the model endpoint; empty: it needs none', { default: '', secret: true }),
  OUTSIDE_MAX_BYTES: whole('Bytes that the answer of a host outside may have', { default: '1048576' }),
  OUTSIDE_RESTS_AFTER: whole('A host outside that failed so often in a row is left alone for a while', {
    default: '5',
  }),
  OUTSIDE_REST_SECONDS: whole('For so many seconds', { default: '60' }),
  SMTP_URL: text('The mail server of notifications, smtps://user:password@host; empty: no email', {
    default: '',
    secret: true,
  }),
  MAIL_FROM: text('The sender of email notifications', { default: '' }),
  RUN_LEASE_MS: whole("A silent worker's runs are taken over after so long", { default: '6000' }),
};

type PlacesEnv = Pick<
  Env<typeof shared>,
  'RUNS_AT_ONCE_PER_TENANT' | 'RUNS_AT_ONCE_PER_WORKFLOW' | 'RUNS_AT_ONCE_PER_WAREHOUSE'
>;

/** The places of runs that the installation gives. */
export const placesOf = (env: PlacesEnv): RunPlaces => ({
  perTenant: env.RUNS_AT_ONCE_PER_TENANT,
  perWorkflow: env.RUNS_AT_ONCE_PER_WORKFLOW,
  perWarehouse: env.RUNS_AT_ONCE_PER_WAREHOUSE,
});

/** The endpoint that the operator named. Throws where its address is none. */
export function modelEndpointOf(
  {
    MODEL_ENDPOINT_URL: url,
    MODEL_ENDPOINT_MODELS: models,
  }: Pick<Env<typeof shared>, 'MODEL_ENDPOINT_URL' | 'MODEL_ENDPOINT_MODELS'>,
  key = '',
): ModelEndpoint | undefined {
  if (url === '') return undefined;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new Error('MODEL_ENDPOINT_URL must be an http or https address');
  if (models.length === 0) throw new Error('MODEL_ENDPOINT_MODELS must name the models of MODEL_ENDPOINT_URL');
  return { url, key, models };
}

export type ServiceEnv = Env<typeof serviceEnv>;
export type WorkerEnv = Env<typeof workerEnv>;

export function readServiceEnv(): ServiceEnv {
  return parseEnv(serviceEnv, process.env);
}

/** LangGraph's tracer would send what runs do to a third party as soon as a variable says so: here none can. */
export function readWorkerEnv(): WorkerEnv {
  for (const name of ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2']) {
    process.env[name] = 'false';
  }
  return parseEnv(workerEnv, process.env);
}

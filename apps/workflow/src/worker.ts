import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { NotReady } from '@snowflow/platform/health/health-options';
import { runService } from '@snowflow/platform/process/run-service';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { tracingOf } from '@snowflow/platform/tracing/tracing-env';
import { scopeForLog } from '@snowflow/transport/request-scope';
import { modelEndpointOf, placesOf, readWorkerEnv } from './env';
import { RunWorker } from './execution/run-worker';
import { WorkerModule } from './worker.module';

/** Of the time a stop has, runs may use this part to end by themselves; the rest is for giving them back. */
const PATIENCE = 0.6;

/** What a notification or a call waits after its first try that failed. */
const FIRST_WAIT_MS = 500;

async function requireTaking({ isTaking }: RunWorker): Promise<void> {
  if (!isTaking) throw new NotReady('no run is taken up');
}

const env = readWorkerEnv();
// LangGraph listens once per waiting step on a run's one signal; Node would warn at ten.
setMaxListeners(0);

void runService({
  name: 'worker',
  module: WorkerModule.forRoot(
    {
      redisUrl: env.REDIS_URL,
      store: {
        url: env.DATABASE_URL,
        applicationName: 'snowflow-worker',
        poolSize: env.WORKFLOW_POOL_SIZE,
        waitMs: env.WORKFLOW_POOL_WAIT_MS,
      },
      sealer: new KeyRing(env.SEALING_KEYS),
      places: placesOf(env),
      modelEndpoint: modelEndpointOf(env, env.MODEL_ENDPOINT_KEY),
    },
    {
      name: `${hostname()}:${process.pid}:${randomBytes(6).toString('hex')}`,
      concurrency: env.RUN_CONCURRENCY,
      leaseMs: env.RUN_LEASE_MS,
      drainTimeoutMs: env.DRAIN_TIMEOUT_MS * PATIENCE,
      risesAfterSeconds: env.RUN_RISES_AFTER_SECONDS,
      maxAttempts: env.RUN_MAX_ATTEMPTS,
    },
    { everyMs: env.PURGE_EVERY_SECONDS * 1000, runDays: env.RUN_RETENTION_DAYS, trashDays: env.TRASH_RETENTION_DAYS },
    {
      rowsOrigins: env.CONNECTIONS_ROWS_URLS,
      egress: { egressHosts: env.EGRESS_HOSTS, privateHosts: env.EGRESS_PRIVATE_HOSTS },
      outside: {
        maxBytes: env.OUTSIDE_MAX_BYTES,
        restsAfter: env.OUTSIDE_RESTS_AFTER,
        restMs: env.OUTSIDE_REST_SECONDS * 1000,
        firstWaitMs: FIRST_WAIT_MS,
      },
      notifications: {
        smtpUrl: env.SMTP_URL || undefined,
        mailFrom: env.MAIL_FROM,
        firstWaitMs: FIRST_WAIT_MS,
      },
    },
  ),
  checks: (app) => ({ runs: () => requireTaking(app.get(RunWorker, { strict: false })) }),
  healthPort: env.WORKER_HEALTH_PORT,
  healthHost: env.HEALTH_HOST,
  logLevel: env.LOG_LEVEL,
  drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  logScope: scopeForLog,
  tracing: tracingOf(env),
});

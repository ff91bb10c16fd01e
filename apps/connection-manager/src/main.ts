import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { NotReady } from '@snowflow/platform/health/health-options';
import { runService } from '@snowflow/platform/process/run-service';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { tracingOf } from '@snowflow/platform/tracing/tracing-env';
import { RedisStreamsServer } from '@snowflow/transport/redis-streams.server';
import { scopeForLog } from '@snowflow/transport/request-scope';
import { ConnectionManagerModule } from './app.module';
import { homeOf, readEnv } from './env';
import { RowsServer } from './rows/rows.server';

/** Waits are long polls that mostly sleep: many fit into one process. */
const CONCURRENCY = 1_024;

// Results on their way leave much garbage: the heap grows by half of what lives, not manifold, before it is looked through.
setFlagsFromString('--heap-growing-percent=50');

async function requireListening({ isListening }: RowsServer): Promise<void> {
  if (!isListening) throw new NotReady('the port of rows is closed');
}

const env = readEnv();
const sealer = new KeyRing(env.SEALING_KEYS);

void runService({
  name: 'connection-manager',
  module: ConnectionManagerModule.forRoot({
    redisUrl: env.REDIS_URL,
    sealer,
    demoOrigin: env.DEMO && env.DEMO_WAREHOUSE_URL ? env.DEMO_WAREHOUSE_URL : undefined,
    demoAccounts: env.DEMO_ACCOUNTS,
    home: homeOf(env),
    privateLink: env.PRIVATE_LINK,
    privateIssuers: env.OAUTH_PRIVATE_ISSUERS,
    containerTokenFile: env.NATIVE_APP ? env.SPCS_TOKEN_FILE : undefined,
    accountAllowList: env.ACCOUNT_ALLOW_LIST,
    rows: { host: env.CONNECTIONS_ROWS_HOST, port: env.CONNECTIONS_ROWS_PORT },
    liveSessions: { max: env.LIVE_CONNECTIONS_MAX, idleMs: env.LIVE_CONNECTION_IDLE_MS },
    heartbeatMs: env.SESSION_HEARTBEAT_MS,
    liveCheckSeconds: env.LIVE_CHECK_SECONDS,
  }),
  strategy: new RedisStreamsServer({
    url: env.REDIS_URL,
    contract: connectionsContract,
    sealer,
    concurrency: CONCURRENCY,
    drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  }),
  checks: (app) => ({ rows: () => requireListening(app.get(RowsServer, { strict: false })) }),
  healthPort: env.CONNECTIONS_HEALTH_PORT,
  healthHost: env.HEALTH_HOST,
  logLevel: env.LOG_LEVEL,
  drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  logScope: scopeForLog,
  tracing: tracingOf(env),
});

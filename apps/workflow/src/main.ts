import 'reflect-metadata';
import { workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { runService } from '@snowflow/platform/process/run-service';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { tracingOf } from '@snowflow/platform/tracing/tracing-env';
import { RedisStreamsServer } from '@snowflow/transport/redis-streams.server';
import { scopeForLog } from '@snowflow/transport/request-scope';
import { AppModule } from './app.module';
import { modelEndpointOf, placesOf, readServiceEnv } from './env';

const env = readServiceEnv();
const sealer = new KeyRing(env.SEALING_KEYS);

void runService({
  name: 'workflow',
  module: AppModule.forRoot(
    {
      redisUrl: env.REDIS_URL,
      store: {
        url: env.DATABASE_URL,
        applicationName: 'snowflow-workflow',
        poolSize: env.WORKFLOW_POOL_SIZE,
        waitMs: env.WORKFLOW_POOL_WAIT_MS,
      },
      sealer,
      places: placesOf(env),
      modelEndpoint: modelEndpointOf(env),
    },
    { leastMs: env.SCHEDULE_LEAST_SECONDS * 1_000 },
  ),
  strategy: new RedisStreamsServer({
    url: env.REDIS_URL,
    contract: workflowContract,
    sealer,
    drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  }),
  healthPort: env.WORKFLOW_HEALTH_PORT,
  healthHost: env.HEALTH_HOST,
  logLevel: env.LOG_LEVEL,
  drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  logScope: scopeForLog,
  tracing: tracingOf(env),
});

import 'reflect-metadata';
import { catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { runService } from '@snowflow/platform/process/run-service';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { tracingOf } from '@snowflow/platform/tracing/tracing-env';
import { RedisStreamsServer } from '@snowflow/transport/redis-streams.server';
import { scopeForLog } from '@snowflow/transport/request-scope';
import { AppModule } from './app.module';
import { readEnv } from './env';

const env = readEnv();
const sealer = new KeyRing(env.SEALING_KEYS);

void runService({
  name: 'catalog',
  module: AppModule.forRoot(env, sealer),
  strategy: new RedisStreamsServer({
    url: env.REDIS_URL,
    contract: catalogContract,
    sealer,
    drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  }),
  healthPort: env.CATALOG_HEALTH_PORT,
  healthHost: env.HEALTH_HOST,
  logLevel: env.LOG_LEVEL,
  drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  logScope: scopeForLog,
  tracing: tracingOf(env),
});

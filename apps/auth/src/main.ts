import 'reflect-metadata';
import { authContract } from '@snowflow/contracts/auth/auth.contract';
import { migrate } from '@snowflow/platform/postgres/migrate';
import { runService } from '@snowflow/platform/process/run-service';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { tracingOf } from '@snowflow/platform/tracing/tracing-env';
import { RedisStreamsServer } from '@snowflow/transport/redis-streams.server';
import { scopeForLog } from '@snowflow/transport/request-scope';
import { AppModule } from './app.module';
import { readEnv } from './env';
import { AUTH_SCHEMA, authMigrations } from './storage/migrations';

const env = readEnv();
const sealer = new KeyRing(env.SEALING_KEYS);

void runService({
  name: 'auth',
  module: AppModule.forRoot(env, sealer),
  strategy: new RedisStreamsServer({
    url: env.REDIS_URL,
    contract: authContract,
    sealer,
    drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  }),
  configure: () => migrate({ url: env.DATABASE_URL, schema: AUTH_SCHEMA, migrations: authMigrations }),
  healthPort: env.AUTH_HEALTH_PORT,
  healthHost: env.HEALTH_HOST,
  logLevel: env.LOG_LEVEL,
  drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  logScope: scopeForLog,
  tracing: tracingOf(env),
});

import 'reflect-metadata';
import { runService } from '@snowflow/platform/process/run-service';
import { tracingOf } from '@snowflow/platform/tracing/tracing-env';
import { scopeForLog } from '@snowflow/transport/request-scope';
import { AppModule } from './app.module';
import { configureApp } from './configure-app';
import { readEnv } from './env';
import { httpOptions } from './http-options';

const env = readEnv();

void runService({
  name: 'gateway',
  module: AppModule.forRoot(env),
  http: httpOptions(env),
  configure: (app) => configureApp(app, env),
  listen: { host: env.HOST, port: env.PORT },
  healthPort: env.GATEWAY_HEALTH_PORT,
  healthHost: env.HEALTH_HOST,
  logLevel: env.LOG_LEVEL,
  drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
  logScope: scopeForLog,
  tracing: tracingOf(env),
});

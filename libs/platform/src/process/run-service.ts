import { DynamicModule, Module, Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy, MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Kysely } from 'kysely';
import type { Redis } from 'ioredis';
import { Logger } from 'nestjs-pino';
import { setTimeout as delay } from 'node:timers/promises';
import { HealthModule } from '../health/health.module';
import { NotReady, type ReadinessCheck } from '../health/health-options';
import { requirePostgres, requireRedis } from '../health/store-checks';
import { LoggingModule, type LogScope } from '../logging/logging.module';
import { DATABASE } from '../postgres/postgres.module';
import { REDIS } from '../redis/redis.module';
import { startTracing, type TracingOptions } from '../tracing/start-tracing';
import { boundedHttp, INSIDE, INSIDE_BODY_BYTES } from './bounded-http';
import { closeConnectionsWith, closeIdle, untilLetGo } from './last-answers';
import { endAfterFailedStart, stopWithProcess } from './process-life';

const HEALTH_CLOSE_MS = 1_000;
/** What brings requests by RPC has waited for all of its time then, and still has to send what was answered. */
const SIGN_OFF_MS = 1_000;
const CUT_IDLE_EVERY_MS = 50;
/** New connections beyond it are dropped by the kernel, and come again after seconds: a crowd is to be told no, not kept waiting. */
const BACKLOG = 4_096;

export interface ServiceOptions {
  name: string;
  module: Type | DynamicModule;
  /** What brings requests by RPC. */
  strategy?: CustomTransportStrategy & { readonly isReading: boolean };
  /** Where the app's own HTTP routes listen; without it none are reachable. */
  listen?: { host: string; port: number };
  /** 0 takes any free port. */
  healthPort: number;
  healthHost?: string;
  logLevel: string;
  /** How long a stop waits for what is under way. */
  drainTimeoutMs: number;
  /** Whom and what that which is being done at the moment is about, for log lines. */
  logScope?(): LogScope;
  /** Where spans go; nothing is traced without. */
  tracing?: TracingOptions;
  /** Further conditions of readiness; Redis and Postgres are asked where the module imports them. */
  checks?(app: NestFastifyApplication): Record<string, ReadinessCheck>;
  /** The options of the HTTP server behind `listen`. */
  http?: ConstructorParameters<typeof FastifyAdapter>[0];
  /** The last touches before the app starts: global filters, plugins, prefixes. */
  configure?(app: NestFastifyApplication): void | Promise<void>;
}

/** A service that runs. */
export interface RunningService {
  app: NestFastifyApplication;
  healthUrl: string;
  /** Readiness turns 503, what is under way is finished, everything is closed. */
  stop(): Promise<void>;
}

/** Starts a service as the process's own; where that fails, the process ends with the reason in its log. */
export async function runService(options: ServiceOptions): Promise<RunningService | undefined> {
  try {
    const service = await startService(options);
    stopWithProcess(options.name, service.stop);
    return service;
  } catch (error) {
    endAfterFailedStart(options.name, error);
    return undefined;
  }
}

/** Starts a service and leaves the process's signals alone; for tests. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const endTracing = await startTracing(options.name, options.tracing);
  // A request that still comes while it stops is answered as ever: what it needs closes after the door.
  const adapter = new FastifyAdapter({ return503OnClosing: false, ...options.http });
  const app = await NestFactory.create<NestFastifyApplication>(withLogging(options), adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  let draining = false;
  await options.configure?.(app);
  closeConnectionsWith(app.getHttpAdapter().getInstance(), () => draining);
  if (options.strategy) {
    app.connectMicroservice<MicroserviceOptions>({ strategy: options.strategy }, { inheritAppConfig: true });
    await app.startAllMicroservices();
  }
  if (options.listen) await app.listen({ ...options.listen, backlog: BACKLOG });
  else await app.init();

  const health = await startHealth(options, app, () => draining);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    draining = true;
    const endsAt = Date.now() + options.drainTimeoutMs + SIGN_OFF_MS;
    // Whoever keeps a connection and uses it often asks once more within this.
    if (options.listen) await untilLetGo(app.getHttpServer(), options.drainTimeoutMs / 2);
    await close(app, endsAt - Date.now());
    await close(health, HEALTH_CLOSE_MS);
    await endTracing();
  };
  return { app, healthUrl: await health.getUrl(), stop: () => (stopping ??= stop()) };
}

/** A kept-alive connection whose last answer is out would hold the server open, so these are cut as they fall idle. */
async function close(app: NestFastifyApplication, withinMs: number): Promise<void> {
  const server = app.getHttpServer();
  const cutIdle = setInterval(() => void closeIdle(server), CUT_IDLE_EVERY_MS);
  const late = new AbortController();
  await Promise.race([app.close(), delay(withinMs, undefined, { signal: late.signal })]);
  clearInterval(cutIdle);
  late.abort();
}

function withLogging({ name, module, logLevel, logScope }: ServiceOptions): DynamicModule {
  const logging = LoggingModule.forRoot({ service: name, level: logLevel, scope: logScope });
  return { module: ServiceRoot, imports: [logging, module] };
}

@Module({})
class ServiceRoot {}

async function startHealth(options: ServiceOptions, app: NestFastifyApplication, isDraining: () => boolean) {
  const checks = { ...dependencyChecks(app), ...requestsCheck(options), ...options.checks?.(app) };
  const health = await NestFactory.create<NestFastifyApplication>(
    HealthModule.forRoot({ isDraining, checks }),
    new FastifyAdapter({ ...boundedHttp(INSIDE), bodyLimit: INSIDE_BODY_BYTES }),
    // Nest has one logger for all of the process: a silent one here would silence the service.
    { abortOnError: false },
  );
  await health.listen(options.healthPort, options.healthHost ?? '127.0.0.1');
  return health;
}

function dependencyChecks(app: NestFastifyApplication): Record<string, ReadinessCheck> {
  const redis = find<Redis>(app, REDIS);
  const database = find<Kysely<unknown>>(app, DATABASE);
  return {
    ...(redis ? { redis: () => requireRedis(redis) } : {}),
    ...(database ? { postgres: () => requirePostgres(database) } : {}),
  };
}

function requestsCheck({ strategy }: ServiceOptions): Record<string, ReadinessCheck> {
  if (!strategy) return {};
  const ask = async () => {
    if (!strategy.isReading) throw new NotReady('requests of other services are not read');
  };
  return { requests: ask };
}

/** Without asking the application for it, which tells of an error in the log where there is none. */
function find<T>(app: NestFastifyApplication, token: symbol): T | undefined {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.map(({ providers }) => providers.get(token)?.instance as T | undefined).find(Boolean);
}

import { Controller, Get, Module } from '@nestjs/common';
import { CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EphemeralDatabase, startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { eventually } from '@snowflow/testing/eventually';
import { freePort } from '@snowflow/testing/free-port';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import type { RequestListener, Server as HttpServer } from 'node:http';
import { NotReady } from '../health/health-options';
import { migrate } from '../postgres/migrate';
import { PostgresModule } from '../postgres/postgres.module';
import { RedisModule } from '../redis/redis.module';
import { RunningService, startService } from './run-service';

let release: () => void;
const held = new Promise<void>((resolve) => (release = resolve));

@Controller()
class SlowController {
  static entered = false;
  @Get('slow')
  async slow(): Promise<string> {
    SlowController.entered = true;
    await held;
    return 'finished';
  }
}

let isReading = true;
let isComplete = true;
const missing = () => {
  throw new NotReady('a part is missing');
};

/** Answers one address before Fastify sees it. */
function closeTheDoor(app: NestFastifyApplication): void {
  const server: HttpServer = app.getHttpServer();
  const inside = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.url === '/door') response.end('closed');
    else inside.forEach((listener) => listener(request, response));
  });
}

/** Brings no requests. */
class StillStrategy extends Server implements CustomTransportStrategy {
  get isReading(): boolean {
    return isReading;
  }

  listen(callback: () => void): void {
    callback();
  }

  close(): void {
    isReading = false;
  }

  on(): void {
    // There are no events.
  }

  unwrap(): never {
    throw new Error('There is nothing in it');
  }
}

describe('A service', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let postgres: EphemeralDatabase;
  let service: RunningService;
  let port: number;

  beforeAll(async () => {
    [redis, postgres, port] = await Promise.all([startRedis(), startPostgres(), freePort()]);
    await migrate({ url: postgres.url, schema: 'spec', migrations: {} });
    @Module({
      imports: [
        RedisModule.forRoot(redis.url),
        PostgresModule.forRoot({ url: postgres.url, applicationName: 'spec', poolSize: 2 }),
      ],
      controllers: [SlowController],
    })
    class AppModule {}
    service = await startService({
      name: 'spec',
      module: AppModule,
      listen: { host: '127.0.0.1', port },
      healthPort: 0,
      logLevel: 'silent',
      drainTimeoutMs: 5_000,
      strategy: new StillStrategy(),
      configure: closeTheDoor,
      checks: () => ({ parts: async () => void (isComplete || missing()) }),
    });
  });

  afterAll(async () => {
    await service.stop();
    await postgres.stop();
    await redis.stop();
  });

  const health = async (path: string) => {
    const response = await fetch(`${service.healthUrl}${path}`);
    return { status: response.status, body: await response.text() };
  };

  it('is live and ready, and shows metrics, on its health port', async () => {
    expect(await health('/health/live')).toEqual({ status: 200, body: '{"status":"ok"}' });
    const ready = await health('/health/ready');
    expect(ready.status).toBe(200);
    expect(JSON.parse(ready.body)).toMatchObject({ info: { redis: { status: 'up' }, postgres: { status: 'up' } } });
    const { body: shown } = await health('/metrics');
    expect(shown).toContain('process_cpu_seconds_total');
    expect(shown).toContain('snowflow_postgres_pool{pool="spec",state="most"} 2');
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
  });

  it('is not ready while it reads no requests, or a check of its own finds something missing, and says which', async () => {
    const ready = async () => JSON.parse((await health('/health/ready')).body);
    isReading = false;
    isComplete = false;
    expect(await ready()).toMatchObject({
      status: 'error',
      info: { redis: { status: 'up' } },
      error: {
        requests: { status: 'down', message: 'requests of other services are not read' },
        parts: { status: 'down', message: 'a part is missing' },
      },
    });
    [isReading, isComplete] = [true, true];
    expect(await ready()).toMatchObject({ status: 'ok' });
  });

  it('is live but not ready when Redis is gone, and says so', async () => {
    await redis.stop();
    await eventually(async () => {
      const { status, body } = await health('/health/ready');
      expect(status).toBe(503);
      expect(JSON.parse(body)).toMatchObject({ error: { redis: { status: 'down' } } });
    });
    expect((await health('/health/live')).status).toBe(200);
  });

  it('turns unready at once when it is stopped, and finishes what is under way', async () => {
    const slow = fetch(`http://127.0.0.1:${port}/slow`);
    await eventually(() => SlowController.entered);
    const stopped = service.stop();
    const { status, body } = await health('/health/ready');
    expect([status, JSON.parse(body)]).toMatchObject([503, { error: { draining: { status: 'down' } } }]);
    const last = await fetch(`http://127.0.0.1:${port}/door`);
    expect([await last.text(), last.headers.get('connection')]).toEqual(['closed', 'close']);
    release();
    expect(await (await slow).text()).toBe('finished');
    await stopped;
    await expect(fetch(service.healthUrl)).rejects.toThrow('fetch failed');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbeddedRedis } from '@snowflow/platform/embedded/embedded-redis';
import { startEmbeddedPostgres } from '@snowflow/platform/embedded/embedded-postgres';
import { SERVICES, WAREHOUSE } from '@snowflow/platform/launch/apps';
import { planProcess } from '@snowflow/platform/launch/plan';
import { SupervisedProcess } from '@snowflow/platform/launch/supervised-process';
import { freePort, freePorts } from '@snowflow/platform/process/free-port';
import { until } from '@snowflow/platform/process/until';
import { buildRoot, childEnv, testEnv } from '@snowflow/testing/env';
import { imageEnvironment } from '../../scripts/deployment/image-environment';
import { readNativeApp } from '../../scripts/native-app/native-app';
import { nativeAppFiles } from '../../scripts/native-app/native-app-files';
import { listenersOf } from '../../scripts/native-app/ports.rule';
import type { Container } from '../../scripts/native-app/service-spec';

const READY_TIMEOUT_MS = 90_000;
const SECRETS_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 15_000;
/** What Snowflake tells every container; nothing answers there, as there is no account. */
const TOLD = {
  SNOWFLAKE_HOST: 'ab12345.eu-central-1.snowflakecomputing.com',
  SNOWFLAKE_ACCOUNT: 'AB12345',
  NODE_ENV: 'production',
};

/**
 * The service of native-app/service.yaml: each program in a process of its own, with the environment of its image and its container. What
 * differs from Snowflake is where folders and ports are, the stores, which are stand-ins, and the demo accounts in place of a real one.
 */
export class NativeAppService {
  private readonly stops: (() => Promise<void>)[] = [];
  private readonly ports = new Map<number, number>();
  private readonly containers: readonly Container[];
  warehouseUrl = '';

  private constructor(private readonly folder: string) {
    const app = readNativeApp(nativeAppFiles());
    if (Array.isArray(app)) throw new Error(app.join('\n'));
    this.containers = app.service.spec.containers;
  }

  static async start(): Promise<NativeAppService> {
    const service = new NativeAppService(await mkdtemp(join(tmpdir(), 'snowflow-native-app-')));
    try {
      await service.boot();
      return service;
    } catch (error) {
      await service.stop();
      throw error;
    }
  }

  get gatewayUrl(): string {
    return `http://localhost:${this.ports.get(3000)}`;
  }

  /** Where Snowflake would write the service's own token. */
  get tokenFile(): string {
    return join(this.folder, 'token');
  }

  logs(): string {
    const folder = join(this.folder, 'logs');
    return readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('');
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.reverse()) await stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async boot(): Promise<void> {
    const listened = this.containers.flatMap(listenersOf).map(({ port }) => port);
    for (const [index, port] of (await freePorts(listened.length)).entries())
      this.ports.set(listened[index] ?? 0, port);
    await Promise.all(['logs', 'keys', 'warehouse'].map((name) => mkdir(join(this.folder, name))));
    await this.makeSecrets();
    await this.startStores();
    await this.startPrograms();
  }

  /** By the very command of its container. */
  private async makeSecrets(): Promise<void> {
    const [program = '', script = '', folder = '', ...more] =
      this.containers.find(({ name }) => name === 'secrets')?.args ?? [];
    expect(program).toBe('node');
    const args = [script.replace(/^dist/, buildRoot()), this.here('', folder), ...more];
    const child = spawn(process.execPath, args, { env: childEnv(), stdio: 'ignore' });
    const ended = once(child, 'exit');
    this.stops.push(async () => {
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    });
    const last = join(this.folder, 'keys', 'redis', 'redis.conf');
    await until('secrets are there', SECRETS_TIMEOUT_MS, () => readFile(last, 'utf8').then(Boolean, () => undefined));
  }

  private async startStores(): Promise<void> {
    const keys = (path: string) => join(this.folder, 'keys', path);
    const [conf, password] = await Promise.all([
      readFile(keys('redis/redis.conf'), 'utf8'),
      readFile(keys('database/POSTGRES_PASSWORD'), 'utf8'),
    ]);
    const redisPassword = /^requirepass (\S+)$/m.exec(conf)?.[1] ?? '';
    const starting: Promise<EmbeddedServer>[] = [
      startEmbeddedRedis({ ...testEnv(), directory: join(this.folder, 'redis'), password: redisPassword }),
      startEmbeddedPostgres({ directory: join(this.folder, 'postgres'), password, disposable: true }),
    ];
    for (const result of await Promise.allSettled(starting)) {
      if (result.status === 'fulfilled') this.stops.push(() => result.value.stop());
    }
    const [redis, postgres] = await Promise.all(starting);
    await replace(keys('everyone/REDIS_URL'), redis?.url ?? '');
    await replace(keys('database/DATABASE_URL'), postgres?.url ?? '');
  }

  private async startPrograms(): Promise<void> {
    const port = await freePort();
    this.warehouseUrl = `http://127.0.0.1:${port}`;
    const warehouse = this.process(await planProcess(WAREHOUSE.name, [WAREHOUSE]), {
      WAREHOUSE_PORT: String(port),
      WAREHOUSE_DATA_DIR: join(this.folder, 'warehouse'),
      WAREHOUSE_SERVICE_TOKEN_FILE: this.tokenFile,
    });
    const programs = SERVICES.map((app) => {
      const container = this.containers.find(({ name }) => name === app.name);
      if (!container?.readinessProbe)
        throw new Error(`service.yaml has no container ${app.name} with a readiness probe`);
      const health = `http://127.0.0.1:${this.ports.get(container.readinessProbe.port)}`;
      const planned = { name: app.name, apps: [app], env: {}, healthUrls: { [app.name]: health } };
      const demo: Record<string, string> =
        app.name === 'connection-manager' ? { DEMO: 'on', DEMO_WAREHOUSE_URL: this.warehouseUrl } : {};
      return this.process(planned, { ...this.environmentOf(container), ...demo, ...TOLD });
    });
    await Promise.all([warehouse, ...programs].map((process) => process.ready(READY_TIMEOUT_MS)));
  }

  private process(planned: Awaited<ReturnType<typeof planProcess>>, env: Record<string, string>): SupervisedProcess {
    const child = new SupervisedProcess(planned, {
      dist: buildRoot(),
      nodeFlags: [],
      env: { ...childEnv(), ...env },
      logDirectory: join(this.folder, 'logs'),
      restart: false,
      onChange: () => undefined,
    });
    this.stops.push(() => child.stop(STOP_GRACE_MS));
    child.start();
    return child;
  }

  private environmentOf({ name, env }: Container): Record<string, string> {
    const settings = Object.entries({ ...imageEnvironment()[name], ...env });
    return Object.fromEntries(settings.map(([variable, value]) => [variable, this.here(variable, value)]));
  }

  /** The value, with this machine's folders, ports and address. */
  private here(variable: string, value: string): string {
    const port = (text: string) => String(this.ports.get(Number(text)) ?? text);
    if (/(?:^|_)PORT$/.test(variable)) return port(value);
    return value
      .replace(/^0\.0\.0\.0$/, '127.0.0.1')
      .replace(/^\/run\/keys/, join(this.folder, 'keys'))
      .replace(/^\/app\/dist/, buildRoot())
      .replace(/^\/snowflake\/session/, this.folder)
      .replaceAll(/127\.0\.0\.1:(\d+)/g, (_address, text: string) => `127.0.0.1:${port(text)}`);
  }
}

/** Its maker left it read-only. */
async function replace(file: string, content: string): Promise<void> {
  await chmod(file, 0o644);
  await writeFile(file, content);
}

import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirectory } from '@snowflow/platform/launch/data-directory';
import { LaunchedStack, launchStack } from '@snowflow/platform/launch/launch-stack';
import { SupervisedProcess } from '@snowflow/platform/launch/supervised-process';
import { freePort } from '@snowflow/platform/process/free-port';
import { buildRoot, childEnv, testEnv } from './env';

const READY_TIMEOUT_MS = 60_000;

export interface StackOptions {
  /** Processes of every service and worker; without it they share one, as after `npm start`. */
  replicas?: number;
  /** With `replicas`: services of which there are so many instead. */
  replicasOf?: Readonly<Record<string, number>>;
  /** Instead of it: processes with all services each. They share state as replicas do, and start in a third of the time. */
  copies?: number;
  /** Of each copy, the services that have a process of their own: those that the test kills. */
  apart?: readonly string[];
  /** Further variables of all processes. */
  env?: Record<string, string>;
  /** And of the processes of one app alone, by its name; they win over all others. */
  envOf?: Readonly<Record<string, Record<string, string>>>;
}

/** All of SnowFlow from the build in dist/, in a folder of its own, started as `npm start` does it. */
export class Stack {
  private constructor(
    private readonly launched: LaunchedStack,
    private readonly directory: string,
  ) {}

  static async start({ replicas, replicasOf, copies, apart, env, envOf }: StackOptions): Promise<Stack> {
    const path = await mkdtemp(join(tmpdir(), 'snowflow-stack-'));
    try {
      const directory = await DataDirectory.take(path);
      const launched = await launchStack({
        directory,
        dist: buildRoot(),
        env: { ...childEnv(), FRONTEND_DIR: join(buildRoot(), 'frontend'), ...env },
        gatewayPort: await freePort(),
        replicas,
        replicasOf,
        copies,
        apart,
        envOf,
        redis: testEnv(),
        restart: false,
        say: () => undefined,
      });
      return new Stack(launched, path);
    } catch (error) {
      await rm(path, { recursive: true, force: true });
      throw error;
    }
  }

  get gatewayUrl(): string {
    return this.launched.gatewayUrls[0] as string;
  }

  get gatewayUrls(): readonly string[] {
    return this.launched.gatewayUrls;
  }

  get warehouseUrl(): string {
    return this.launched.warehouseUrl ?? '';
  }

  get redisUrl(): string {
    return this.launched.redisUrl;
  }

  get databaseUrl(): string {
    return this.launched.databaseUrl;
  }

  get healthUrls(): Record<string, string[]> {
    return this.launched.healthUrls;
  }

  /** The pids of the processes that run, by app. */
  get pids(): Record<string, number[]> {
    return this.launched.pids();
  }

  /** Everything that all processes have logged so far. */
  logs(): string {
    const folder = join(this.directory, 'logs');
    return readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('');
  }

  /** Sends a signal to one replica, and waits for its end where the signal ends it. */
  async kill(app: string, index: number, signal: NodeJS.Signals): Promise<void> {
    const replica = this.replicasOf(app)[index];
    if (!replica) throw new Error(`There is no replica ${index} of ${app}`);
    await replica.kill(signal);
  }

  /** Starts the replicas again that were killed, and waits until they are ready. */
  async ensureReplicas(): Promise<void> {
    const ended = this.launched.processes.filter((process) => !process.isRunning);
    for (const process of ended) process.start();
    await Promise.all(ended.map((process) => process.ready(READY_TIMEOUT_MS)));
  }

  /** Ends everything and deletes its folder; nobody is there any more for whom its processes should end what they do. */
  async stop(): Promise<void> {
    await Promise.all(this.launched.processes.map((process) => process.kill('SIGKILL')));
    await this.launched.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  private replicasOf(app: string): SupervisedProcess[] {
    return this.launched.processes.filter((process) => process.planned.apps.some(({ name }) => name === app));
  }
}

/** Starts a whole stack and waits until it is ready; `dist/` must be built. */
export function startStack(options: StackOptions = {}): Promise<Stack> {
  return Stack.start(options);
}

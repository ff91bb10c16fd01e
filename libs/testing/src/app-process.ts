import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES, WAREHOUSE } from '@snowflow/platform/launch/apps';
import { planProcess } from '@snowflow/platform/launch/plan';
import { SupervisedProcess } from '@snowflow/platform/launch/supervised-process';
import { buildRoot, childEnv } from './env';

const READY_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 15_000;

type AppName = (typeof SERVICES)[number]['name'] | 'local-warehouse';

/** One app as a process of its own, from the build in dist/. */
export interface AppProcess {
  healthUrl: string;
  pid: number | undefined;
  logs(): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one app with an environment and waits until it is ready. */
export async function startApp(name: AppName, env: Record<string, string>): Promise<AppProcess> {
  const app = [...SERVICES, WAREHOUSE].find((candidate) => candidate.name === name);
  if (!app) throw new Error(`There is no app ${name}`);
  const logDirectory = await mkdtemp(join(tmpdir(), `snowflow-${name}-`));
  const planned = await planProcess(name, [app]);
  const child = new SupervisedProcess(planned, {
    dist: buildRoot(),
    nodeFlags: [],
    env: { ...childEnv(), ...env },
    logDirectory,
    restart: false,
    onChange: () => undefined,
  });
  const stop = async () => {
    await child.stop(STOP_GRACE_MS);
    await rm(logDirectory, { recursive: true, force: true });
  };
  child.start();
  try {
    await child.ready(READY_TIMEOUT_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    healthUrl: planned.healthUrls[name] as string,
    get pid() {
      return child.pid;
    },
    logs: () => readFile(child.logFile, 'utf8'),
    kill: (signal) => child.kill(signal),
    stop,
  };
}

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DataDirectory } from '@snowflow/platform/launch/data-directory';
import { LaunchedStack, launchStack } from '@snowflow/platform/launch/launch-stack';
import { portIsFree } from '@snowflow/platform/process/free-port';
import { readEnv } from './env';
import { watch } from './watch';

const DEFAULT_PORT = 3000;
const MOST_REPLICAS = 16;

/** Starts everything below `root` and stays until it is asked to end. */
export async function launch(root: string, args: string[]): Promise<void> {
  const startedAt = Date.now();
  const env = readEnv();
  let directory: DataDirectory | undefined;
  let stack: LaunchedStack | undefined;
  let ending: Promise<never> | undefined;
  const end = (code: number): Promise<never> => {
    ending ??= (async () => {
      await stack?.stop();
      directory?.release();
      process.exit(code);
    })();
    return ending;
  };
  const starting = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stack) return starting.abort();
      if (!ending) say('Stopping');
      void end(0);
    });
  }

  try {
    const { replicas, development } = readArguments(args);
    const gatewayPort = readPort(env['PORT']);
    await checkPort(gatewayPort, env['HOST']);
    directory = await DataDirectory.take(env['SNOWFLOW_DATA_DIR'] ?? join(root, '.snowflow'));
    const taken = directory;
    stack = await launchStack({
      directory,
      dist: join(root, 'dist'),
      // Nobody hands over to another process here: Ctrl-C is not to wait for browsers that keep their connections.
      env: { FRONTEND_DIR: join(root, 'dist/frontend'), DRAIN_TIMEOUT_MS: '2000', ...env },
      gatewayPort,
      replicas,
      redis: { path: env['PATH'] ?? '', mayInstall: env['SNOWFLOW_AUTO_INSTALL'] !== 'off', say },
      restart: true,
      say,
      onPidsChange: () => void (stack && taken.writeRunFile(runFile(stack))),
    });
    if (starting.signal.aborted) await end(0);
    void stack.lost.then((name) => {
      if (ending) return;
      say(`${name} ended by itself; its log is in ${taken.path}`);
      void end(1);
    });
    if (development) await watch(root, stack);
    await directory.writeRunFile(runFile(stack));
    announce(stack, Date.now() - startedAt, directory);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    await end(starting.signal.aborted ? 0 : 1);
  }
}

function say(sentence: string): void {
  console.log(`  ${sentence}`);
}

function readArguments(args: string[]): { replicas: number | undefined; development: boolean } {
  const { values } = parseArgs({ args, options: { replicas: { type: 'string' }, watch: { type: 'boolean' } } });
  if (values.replicas === undefined) return { replicas: undefined, development: values.watch ?? false };
  const replicas = Number(values.replicas);
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > MOST_REPLICAS) {
    throw new Error(`--replicas takes a number from 1 to ${MOST_REPLICAS}.`);
  }
  return { replicas, development: values.watch ?? false };
}

function readPort(text: string | undefined): number {
  const port = Number(text || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('PORT takes a number from 1 to 65535.');
  return port;
}

async function checkPort(port: number, host: string | undefined): Promise<void> {
  for (const address of new Set(['127.0.0.1', '::1', host || '127.0.0.1'])) {
    if (!(await portIsFree(port, address))) {
      throw new Error(`Port ${port} is taken: stop what listens there, or set PORT to another one.`);
    }
  }
}

function runFile(stack: LaunchedStack): object {
  const { gatewayUrls, warehouseUrl, redisUrl, databaseUrl, healthUrls } = stack;
  return {
    gatewayUrl: gatewayUrls[0],
    gatewayUrls,
    warehouseUrl,
    redisUrl,
    databaseUrl,
    healthUrls,
    pids: stack.pids(),
  };
}

function announce(stack: LaunchedStack, tookMs: number, directory: DataDirectory): void {
  const demo = stack.warehouseUrl
    ? ['Demo account  demo', 'User          demo', 'Password      demo']
    : ['The demo account is off.'];
  const lines = [
    '',
    `SnowFlow is ready after ${(tookMs / 1000).toFixed(1)} s:  ${stack.gatewayUrls[0]}`,
    ...stack.gatewayUrls.slice(1).map((url) => `Further gateway:  ${url}`),
    ...demo,
    `Data and logs: ${directory.path}. Ctrl-C stops everything and keeps the work.`,
  ];
  console.log(`${lines.join('\n  ')}\n`);
}

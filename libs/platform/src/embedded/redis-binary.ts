import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const NAME = 'redis-server';
const SYSTEM_FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

export interface RedisBinaryOptions {
  /** Where to look, as the PATH variable says it. */
  path: string;
  /** Whether a missing server may be installed, which only happens as root on Debian and Ubuntu. */
  mayInstall: boolean;
  /** Where else to look. */
  systemFolders?: string[];
  /** Hears what is going on. */
  say(sentence: string): void;
}

/** The path of `redis-server`, installed where that is possible and allowed; otherwise one sentence says what to do. */
export async function ensureRedisServer(options: RedisBinaryOptions): Promise<string> {
  const folders = [...options.path.split(delimiter), ...(options.systemFolders ?? SYSTEM_FOLDERS)].filter(Boolean);
  const found = await find(NAME, folders);
  if (found) return found;
  const aptGet = await find('apt-get', folders);
  if (!aptGet || process.getuid?.() !== 0 || !options.mayInstall) throw new Error(instruction(aptGet !== undefined));
  options.say('Installing redis-server from the Debian packages (SNOWFLOW_AUTO_INSTALL=off forbids it)');
  await run(aptGet, ['update', '-qq']);
  await run(aptGet, ['install', '-y', '-qq', '--no-install-recommends', NAME]);
  const installed = await find(NAME, folders);
  if (!installed) throw new Error(instruction(true));
  return installed;
}

function instruction(debian: boolean): string {
  const command =
    process.platform === 'darwin'
      ? 'brew install redis'
      : debian
        ? 'sudo apt-get install -y redis-server'
        : 'the redis package of your system';
  return `Redis is missing: install it (${command}) or set REDIS_URL to one that runs.`;
}

async function find(name: string, folders: string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = join(folder, name);
    const runnable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runnable) return file;
  }
  return undefined;
}

/** RUNLEVEL=1 asks the package not to start a system-wide server beside the private one (systemd may still do so). */
function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    const child = spawn(command, ['-o', 'DPkg::Lock::Timeout=120', ...args], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command} ${args[0]} failed: ${errors.trim().split('\n').at(-1) ?? ''}`)),
    );
  });
}

import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnv } from '@snowflow/testing/env';
import { eventually } from '@snowflow/testing/eventually';
import { freePort } from '@snowflow/testing/free-port';

const root = join(__dirname, '..');
const START_MS = 90_000;

interface RunFile {
  gatewayUrl: string;
  pids: Record<string, number[]>;
}

describe('The launcher', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'snowflow-supervision-'));
  const runFile = join(dataDir, 'run.json');
  let launcher: ChildProcess | undefined;

  const launch = async (...args: string[]): Promise<RunFile> => {
    const env = { ...childEnv(), SNOWFLOW_DATA_DIR: dataDir, PORT: String(await freePort()), NODE_ENV: '' };
    const child = spawn(process.execPath, ['scripts/start.mjs', ...args], { cwd: root, env, stdio: 'pipe' });
    launcher = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    await eventually(() => {
      if (child.exitCode !== null) throw new Error(`It ended: ${output}`);
      return existsSync(runFile);
    }, START_MS);
    return readRunFile();
  };
  const readRunFile = () => JSON.parse(readFileSync(runFile, 'utf8')) as RunFile;
  const isReady = async (url: string) => (await fetch(`${url}/api/v1/openapi.json`)).ok;

  const alive = (pids: number[]) =>
    pids.filter((pid) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    });

  afterAll(async () => {
    if (launcher && launcher.exitCode === null && launcher.signalCode === null) {
      launcher.kill('SIGTERM');
      await once(launcher, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  it(
    'starts a replica again that was killed, and run.json names the new one',
    async () => {
      const run = await launch('--replicas', '1');
      const [killed] = run.pids['auth'] as [number];
      process.kill(killed, 'SIGKILL');
      await eventually(() => {
        const now = readRunFile().pids['auth'] ?? [];
        return now.length === 1 && !now.includes(killed);
      }, 20_000);
      expect({ ...readRunFile().pids, auth: [] }).toEqual({ ...run.pids, auth: [] });
      expect(await isReady(run.gatewayUrl)).toBe(true);
    },
    START_MS + 30_000,
  );

  it(
    'leaves nothing behind when it is killed itself, and the next start just works',
    async () => {
      const pids = Object.values(readRunFile().pids).flat();
      expect(alive(pids)).toEqual(pids);
      launcher?.kill('SIGKILL');
      await eventually(() => expect(alive(pids)).toEqual([]), 30_000);

      rmSync(runFile);
      const run = await launch();
      expect(await isReady(run.gatewayUrl)).toBe(true);
    },
    START_MS + 60_000,
  );
});

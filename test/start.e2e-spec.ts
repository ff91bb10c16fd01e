import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnv } from '@snowflow/testing/env';
import { eventually } from '@snowflow/testing/eventually';
import { freePort } from '@snowflow/testing/free-port';
import { ApiClient } from './support/api-client';
import { sixInARow } from './support/document-builder';

const root = join(__dirname, '..');

interface RunFile {
  gatewayUrl: string;
  warehouseUrl: string;
  redisUrl: string;
  databaseUrl: string;
  healthUrls: Record<string, unknown>;
  pids: Record<string, number[]>;
}

/** `npm start` as a person runs it, in a data directory of its own. */
class Started {
  output = '';
  private constructor(
    private readonly child: ChildProcess,
    readonly dataDir: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (this.output += String(chunk)));
  }

  static launch(dataDir: string, port: number): Started {
    const env = { ...childEnv(), SNOWFLOW_DATA_DIR: dataDir, PORT: String(port), NODE_ENV: '' };
    return new Started(spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }), dataDir);
  }

  get runFile(): RunFile {
    return JSON.parse(readFileSync(join(this.dataDir, 'run.json'), 'utf8')) as RunFile;
  }

  async ready(): Promise<RunFile> {
    await eventually(() => {
      if (this.child.exitCode !== null) throw new Error(`npm start ended: ${this.output}`);
      expect(existsSync(join(this.dataDir, 'run.json'))).toBe(true);
    }, 60_000);
    return this.runFile;
  }

  async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended();
  }
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('npm start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'snowflow-start-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('comes up, prints address and demo login, keeps the work over a restart and leaves nothing behind', async () => {
    const port = await freePort();
    const first = Started.launch(dataDir, port);
    const run = await first.ready();
    expect(run.gatewayUrl).toBe(`http://localhost:${port}`);
    expect(statSync(join(dataDir, 'run.json')).mode & 0o777).toBe(0o600);
    await eventually(() => expect(first.output).toContain(run.gatewayUrl));
    expect(first.output).toMatch(/demo/);

    const page = await fetch(run.gatewayUrl, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("default-src 'self'"),
    ]);

    const api = new ApiClient(run.gatewayUrl);
    await api.connect('demo');
    const saved = await api.call<{ id: string }>('POST', '/workflows/save', {
      body: { definition: sixInARow('Kept') },
    });

    const pids = Object.values(run.pids).flat();
    expect(pids.length).toBeGreaterThan(2);
    await first.stop();
    await eventually(() => expect(pids.filter(isAlive)).toEqual([]));

    const second = Started.launch(dataDir, port);
    try {
      await second.ready();
      const back = new ApiClient(run.gatewayUrl);
      await back.connect('demo');
      expect((await back.call('GET', `/workflows/${saved.body.id}`)).body).toMatchObject({ name: 'Kept' });
    } finally {
      await second.stop();
    }
  }, 180_000);

  it('says in one sentence that the port is taken', async () => {
    const taken = createServer().listen(0, 'localhost');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const started = Started.launch(join(dataDir, 'taken'), port);
    expect(await started.ended()).not.toBe(0);
    expect(started.output).toMatch(new RegExp(`[Pp]ort ${port} is taken`));
    expect(started.output).not.toMatch(/at .*\.js:\d+/);
    taken.close();
  }, 60_000);
});

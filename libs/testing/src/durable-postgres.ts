import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@snowflow/platform/embedded/embedded-postgres';
import { freePort } from './free-port';

type Server = Awaited<ReturnType<typeof startEmbeddedPostgres>>;

/** A Postgres that keeps what it committed, and that a drill can crash and start again on the same port and data. */
export class DurablePostgres {
  private constructor(
    private readonly home: string,
    private readonly password: string,
    private readonly port: number,
    private server: Server,
  ) {}

  static async start(): Promise<DurablePostgres> {
    const home = await mkdtemp(join(tmpdir(), 'snowflow-postgres-'));
    const [password, port] = [randomBytes(18).toString('hex'), await freePort()];
    return new DurablePostgres(home, password, port, await begin(home, password, port));
  }

  get url(): string {
    return this.server.url;
  }

  /** Ends it at once, without a checkpoint, as a crash does, and starts it again after a while: it recovers from its log. */
  async crash(awayMs = 0): Promise<void> {
    process.kill(this.server.pid, 'SIGQUIT');
    await this.server.ended;
    await delay(awayMs);
    this.server = await begin(this.home, this.password, this.port);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.home, { recursive: true, force: true });
  }
}

const begin = (home: string, password: string, port: number) =>
  startEmbeddedPostgres({ directory: join(home, 'server'), password, port });

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@snowflow/platform/embedded/embedded-postgres';
import { Client } from 'pg';
import { everythingWrittenIn } from './everything-written';
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

  /** Ends it at once, without a checkpoint, as a crash does, and starts it again after a while: it recovers from its log. SIGINT: a fast shutdown. */
  async crash(awayMs = 0, signal: 'SIGQUIT' | 'SIGINT' = 'SIGQUIT'): Promise<void> {
    process.kill(this.server.pid, signal);
    await this.server.ended;
    await delay(awayMs);
    this.server = await begin(this.home, this.password, this.port);
  }

  /** From here on it takes no writes, as hosts set one whose disk is full; `takeWrites` ends that. */
  async refuseWrites(): Promise<void> {
    await this.administer('ALTER SYSTEM SET default_transaction_read_only = on');
    await this.administer('SELECT pg_reload_conf()');
  }

  async takeWrites(): Promise<void> {
    await this.administer('ALTER SYSTEM RESET default_transaction_read_only');
    await this.administer('SELECT pg_reload_conf()');
  }

  /** From here on values stand in its files as they are, however long, so that a test can look for them; tables made later are as ever. */
  async writeLegibly(): Promise<void> {
    await this.administer(`DO $$ DECLARE one record; BEGIN
      FOR one IN SELECT attrelid::regclass AS name, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
          AND attnum > 0 AND attstorage IN ('x', 'm') AND NOT attisdropped
      LOOP EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE EXTERNAL', one.name, one.attname); END LOOP;
    END $$`);
  }

  /** The bytes of its tables, its write-ahead log and its own log, what was deleted since included. */
  async everythingWritten(): Promise<string> {
    await this.administer('CHECKPOINT');
    return everythingWrittenIn(this.home);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  private async administer(statement: string): Promise<void> {
    const client = new Client({ connectionString: this.url, options: '-c default_transaction_read_only=off' });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

const begin = (home: string, password: string, port: number) =>
  startEmbeddedPostgres({ directory: join(home, 'server'), password, port });

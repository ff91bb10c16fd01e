import { setTimeout as delay } from 'node:timers/promises';
import type { DurablePostgres } from '@snowflow/testing/durable-postgres';
import type { DurableRedis } from '@snowflow/testing/durable-redis';
import type { Stack } from '@snowflow/testing/stack';

const APPS = ['gateway', 'auth', 'catalog', 'workflow', 'worker', 'worker', 'connection-manager'];
const BETWEEN_MS = 4_000;
const STOPPED_MS = 3_000;

/** What is struck, and how often it was. */
export class Strikes {
  readonly counts = new Map<string, number>();
  private readonly stopped = new AbortController();
  private striking: Promise<void> = Promise.resolve();

  constructor(
    private readonly stack: Stack,
    private readonly redis: DurableRedis,
    private readonly postgres: DurablePostgres,
    private readonly random: () => number,
  ) {}

  begin(): void {
    this.striking = this.strikeOnAndOn();
  }

  /** Everything runs again afterwards. */
  async end(): Promise<void> {
    this.stopped.abort();
    await this.striking;
    await this.stack.ensureReplicas();
  }

  private async strikeOnAndOn(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await this.strike();
      await this.stack.ensureReplicas();
      await delay(BETWEEN_MS * (0.5 + this.random()), undefined, { signal: this.stopped.signal }).catch(
        () => undefined,
      );
    }
  }

  private async strike(): Promise<void> {
    const chance = this.random();
    if (chance < 0.1) return this.count('Redis killed', () => this.redis.restart('SIGKILL'));
    if (chance < 0.2) return this.count('Postgres crashed', () => this.postgres.crash());
    const app = APPS[Math.floor(this.random() * APPS.length)] as string;
    const index = this.random() < 0.5 ? 0 : 1;
    if (chance < 0.4) return this.count(`${app} stopped for ${STOPPED_MS} ms`, () => this.freeze(app, index));
    return this.count(`${app} killed`, () => this.stack.kill(app, index, 'SIGKILL'));
  }

  private async freeze(app: string, index: number): Promise<void> {
    await this.stack.kill(app, index, 'SIGSTOP');
    await delay(STOPPED_MS);
    await this.stack.kill(app, index, 'SIGCONT');
  }

  private async count(what: string, strike: () => Promise<void>): Promise<void> {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
    await strike();
  }
}

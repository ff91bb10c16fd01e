import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 200;
const PATIENCE_MS = 4_000;

/** What a service said of itself, and when. */
export interface Sample {
  app: string;
  atMs: number;
  isReady: boolean;
}

/** Asks every service whether it is ready, again and again. */
export class ReadinessWatch {
  readonly samples: Sample[] = [];
  private readonly stopped = new AbortController();
  private readonly watching: Promise<unknown>;

  /** By service, where it says so. */
  constructor(healthUrls: Readonly<Record<string, readonly string[]>>, apps: readonly string[]) {
    this.watching = Promise.all(apps.map((app) => this.watch(app, healthUrls[app]?.[0] ?? '')));
  }

  async end(): Promise<void> {
    this.stopped.abort();
    await this.watching;
  }

  private async watch(app: string, healthUrl: string): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const asked = fetch(`${healthUrl}/health/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) });
      const isReady = await asked.then(
        async (reply) => {
          await reply.body?.cancel();
          return reply.ok;
        },
        () => false,
      );
      this.samples.push({ app, atMs: Date.now(), isReady });
      await delay(EVERY_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';

const TICK_MS = 5;

/** Begins so many calls a second whatever becomes of those before them, until it is ended. */
export class OpenLoop {
  private readonly stopped = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();
  private beginning: Promise<void> = Promise.resolve();

  constructor(
    private readonly perSecond: number,
    private readonly call: () => Promise<unknown>,
  ) {}

  begin(): void {
    this.beginning = this.beginOnAndOn();
  }

  /** Waits for what was begun. */
  async end(): Promise<void> {
    this.stopped.abort();
    await this.beginning;
    await Promise.all(this.underWay);
  }

  private async beginOnAndOn(): Promise<void> {
    const startedAt = performance.now();
    for (let begun = 0; !this.stopped.signal.aborted; await delay(TICK_MS)) {
      for (const due = ((performance.now() - startedAt) / 1000) * this.perSecond; begun < due; begun += 1) this.one();
    }
  }

  private one(): void {
    const called = this.call().catch(() => undefined);
    this.underWay.add(called);
    void called.then(() => this.underWay.delete(called));
  }
}

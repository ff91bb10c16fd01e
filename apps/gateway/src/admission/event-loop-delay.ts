const LOOK_EVERY_MS = 200;

/** How late this process is with what it has to do. One long step is no sign; being late twice in a row is. */
export class EventLoopDelay {
  private latest: readonly [before: number, last: number] = [0, 0];
  private dueAt = performance.now() + LOOK_EVERY_MS;
  private readonly clock = setInterval(() => this.look(), LOOK_EVERY_MS).unref();

  get ms(): number {
    return Math.min(...this.latest);
  }

  stop(): void {
    clearInterval(this.clock);
  }

  private look(): void {
    const now = performance.now();
    this.latest = [this.latest[1], Math.max(0, now - this.dueAt)];
    this.dueAt = now + LOOK_EVERY_MS;
  }
}

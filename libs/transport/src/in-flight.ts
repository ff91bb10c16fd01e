/** The requests a replica works on now: bounded, so that a slow service leaves the rest to its siblings. */
export class InFlight {
  private readonly startedAt = new Map<string, number>();
  private waiting: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.startedAt.size;
  }

  get free(): number {
    return Math.max(0, this.limit - this.startedAt.size);
  }

  has(entryId: string): boolean {
    return this.startedAt.has(entryId);
  }

  start(entryId: string): void {
    this.startedAt.set(entryId, Date.now());
  }

  finish(entryId: string): void {
    this.startedAt.delete(entryId);
    this.wake();
  }

  /** Ends the waits for the next finish. */
  wake(): void {
    if (this.waiting.length === 0) return;
    const waiting = this.waiting;
    this.waiting = [];
    for (const wake of waiting) wake();
  }

  /** Those that run for longer than this: their claim has to be renewed. */
  olderThan(ageMs: number): string[] {
    const before = Date.now() - ageMs;
    return [...this.startedAt].filter(([, startedAt]) => startedAt <= before).map(([entryId]) => entryId);
  }

  /** Resolves when the next one has finished, or at `wake`. */
  nextFinish(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** What begins behind a step that ended has begun by then. */
const SETTLED_AFTER_MS = 20;
/** The longest that a timer takes. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * How the steps of one flow wait for what comes from outside: as long as others run they stay, so that each goes on when its time comes,
 * beside them. When nothing runs any more, they are given up together and the flow rests.
 */
export class Patience {
  private running = 0;
  private readonly staying = new Set<(looksAgain: boolean) => void>();

  /** While `work` goes on, whoever waits stays. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.settle();
    }
  }

  /** Something came from outside: every step that waits looks whether it is what it waits for. */
  news(): void {
    for (const leave of this.staying) leave(true);
  }

  /** Resolves true when the step is to look again, at `until` at the latest; false when the flow rests, or is aborted. */
  stay(until: Date | undefined, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = (looksAgain: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        this.staying.delete(leave);
        resolve(looksAgain);
      };
      const giveUp = () => leave(false);
      const waitMs = until === undefined ? LONGEST_MS : Math.max(1, until.getTime() - Date.now());
      const timer = setTimeout(() => leave(true), Math.min(waitMs, LONGEST_MS));
      this.staying.add(leave);
      signal.addEventListener('abort', giveUp);
      if (signal.aborted) giveUp();
      else this.settle();
    });
  }

  private settle(): void {
    if (this.running > 0 || this.staying.size === 0) return;
    setTimeout(() => {
      if (this.running === 0) for (const leave of this.staying) leave(false);
    }, SETTLED_AFTER_MS);
  }
}

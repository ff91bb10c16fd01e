import { setTimeout as delay } from 'node:timers/promises';
import type { StrikeKind } from './strike-kinds';

/** Strikes one thing after the other, with pauses between, and counts. */
export class Strikes {
  readonly counts = new Map<string, number>();
  latest = 'none yet';
  private readonly stopped = new AbortController();
  private striking: Promise<void> = Promise.resolve();

  /** `mend` makes whatever was struck run again. */
  constructor(
    private readonly kinds: readonly StrikeKind[],
    private readonly mend: () => Promise<void>,
    private readonly pauseMs: number,
    private readonly random: () => number,
  ) {}

  get count(): number {
    return [...this.counts.values()].reduce((sum, each) => sum + each, 0);
  }

  begin(): void {
    this.striking = this.strikeOnAndOn();
    // A drill that can't strike is not a drill: it is told when the drill ends.
    this.striking.catch(() => undefined);
  }

  /** Everything runs again afterwards. */
  async end(): Promise<void> {
    this.stopped.abort();
    await this.striking;
    await this.mend();
  }

  private async strikeOnAndOn(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const { name, strike } = this.next();
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
      this.latest = `${name} (under way)`;
      await strike();
      this.latest = `${name} (mending)`;
      await this.mend();
      this.latest = name;
      const pauseMs = this.pauseMs * (0.5 + this.random());
      await delay(pauseMs, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  private next(): StrikeKind {
    let at = this.random() * this.kinds.reduce((sum, { share }) => sum + share, 0);
    return this.kinds.find(({ share }) => (at -= share) < 0) ?? (this.kinds[0] as StrikeKind);
  }
}

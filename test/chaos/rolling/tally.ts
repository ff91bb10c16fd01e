/** What became of calls, by what they ask. */
export class Tally {
  readonly failures = new Map<string, number>();
  private readonly times = new Map<string, number[]>();

  note(what: string, tookMs: number, failure?: string): void {
    const times = this.times.get(what) ?? [];
    times.push(tookMs);
    this.times.set(what, times);
    if (failure === undefined) return;
    const name = `${what}: ${failure}`;
    this.failures.set(name, (this.failures.get(name) ?? 0) + 1);
  }

  /** What was before does not count: the processes were cold. */
  startAnew(): void {
    this.failures.clear();
    this.times.clear();
  }

  get asked(): number {
    return this.allTimes().length;
  }

  get failed(): number {
    return [...this.failures.values()].reduce((sum, each) => sum + each, 0);
  }

  get byCall(): ReadonlyMap<string, readonly number[]> {
    return this.times;
  }

  allTimes(): number[] {
    return [...this.times.values()].flat();
  }
}
